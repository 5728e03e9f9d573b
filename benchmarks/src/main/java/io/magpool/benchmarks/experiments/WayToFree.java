/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.os.LinuxCalls;
import io.magpool.benchmarks.os.Pages;

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

    /** Acquires, writes, releases. POLICY: a pool that trims meanwhile is configured in {@link MagpoolMemory}. */
    POOL("Magpool", "#0072b2") {
        @Override
        Use prepare(long bytes) {
            MemorySubject pool = Candidate.MAGPOOL.open();
            return () -> pool.release(pool.acquire(bytes));
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
