/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.api.TrimPolicy;
import io.magpool.benchmarks.os.LinuxCalls;
import io.magpool.benchmarks.os.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a thread does with memory that it has written to and no longer needs. */
enum WayToFree {

    /** Writes to the same memory again: what the others pay for a busy neighbour, freed memory apart. */
    KEEP("kept", "#777777") {
        @Override
        Use prepare(long bytes) {
            long address = LinuxCalls.map(bytes);
            return () -> Pages.touch(address, bytes);
        }
    },

    /** Acquires, writes, releases. The pool finds nothing idle, so nothing goes back. */
    POOL("Magpool", "#0072b2") {
        @Override
        Use prepare(long bytes) {
            MemorySubject pool = Candidate.MAGPOOL.open();
            return () -> pool.release(pool.acquire(bytes));
        }
    },

    /** The worst for a trimmer: memory falls idle in waves, nothing unused is kept, and the trimmer looks all the time. */
    TRIMMED("Magpool, trims all", "#56b4e9") {
        @Override
        Use prepare(long bytes) {
            return waves(bytes, TrimPolicy.watermark(0));
        }
    },

    /** The same with a maximum rate. */
    BUDGETED("Magpool, trims 64 MiB/s", "#003f66") {
        @Override
        Use prepare(long bytes) {
            return waves(bytes, TrimPolicy.watermark(0).withMaxRate(64 << 20));
        }
    },

    MADV_FREE("MADV_FREE", "#00805c") {
        @Override
        Use prepare(long bytes) {
            return advised(bytes, LinuxCalls.MADV_FREE);
        }
    },

    MADV_DONTNEED("MADV_DONTNEED", "#d55e00") {
        @Override
        Use prepare(long bytes) {
            return advised(bytes, LinuxCalls.MADV_DONTNEED);
        }
    },

    MUNMAP("munmap", "#b8860b") {
        @Override
        Use prepare(long bytes) {
            return () -> {
                long address = LinuxCalls.map(bytes);
                Pages.touch(address, bytes);
                LinuxCalls.unmap(address, bytes);
            };
        }
    };

    static final long WAVE = 16 << 20;
    static final Duration LOOKS = Duration.ofMillis(10);

    private final String label;
    private final String colour;

    WayToFree(String label, String colour) {
        this.label = label;
        this.colour = colour;
    }

    String label() {
        return label;
    }

    String colour() {
        return colour;
    }

    /** Holds on to what is taken until it is a wave, then releases all of it, in time for the trimmer's next look. */
    private static Use waves(long bytes, TrimPolicy policy) {
        MemorySubject pool = new MagpoolMemory(policy, LOOKS);
        List<Object> wave = new ArrayList<>();
        return () -> {
            wave.add(pool.acquire(bytes));
            if (wave.size() * bytes >= WAVE) {
                wave.forEach(pool::release);
                wave.clear();
            }
        };
    }

    private static Use advised(long bytes, int advice) {
        long address = LinuxCalls.map(bytes);
        return () -> {
            Pages.touch(address, bytes);
            LinuxCalls.advise(address, bytes, advice);
        };
    }

    /** Prepares to use and free so many bytes at once, again and again, on one thread. */
    abstract Use prepare(long bytes);

    /** Takes, writes to all pages, and frees. */
    interface Use {
        void once();
    }
}
