/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.magpool.benchmarks.os.LinuxCalls;
import io.magpool.benchmarks.os.Pages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that only read memory of their own, at random, more of it than the processor's first table of translations
 * covers: what a flush of that table costs, they notice.
 */
final class Readers implements AutoCloseable {

    private static final long BYTES = 32 << 20;
    private static final int LOADS_BETWEEN_LOOKS = 4_096;

    private final int count;
    private final ExecutorService threads;
    private final List<MemorySegment> memory = new ArrayList<>();
    private volatile long sink;

    /** Starts with memory that is resident, a piece for each thread. */
    @SuppressWarnings("restricted")
    Readers(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().name("reader-", 0).factory());
        for (int i = 0; i < count; i++) {
            long address = LinuxCalls.map(BYTES);
            Pages.touch(address, BYTES);
            memory.add(MemorySegment.ofAddress(address).reinterpret(BYTES));
        }
    }

    /** Lets all of them read for a while; returns the nanoseconds that a load takes on each thread. */
    double nanosecondsPerLoad(long nanos) throws InterruptedException {
        List<Future<Long>> loads = new ArrayList<>();
        for (MemorySegment own : memory) {
            loads.add(threads.submit(() -> read(own, nanos)));
        }
        long sum = 0;
        for (Future<Long> future : loads) {
            try {
                sum += future.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a reader failed", e.getCause());
            }
        }
        return (double) nanos * count / sum;
    }

    private long read(MemorySegment own, long nanos) {
        long end = System.nanoTime() + nanos;
        long loads = 0;
        long random = 0x9E37_79B9_7F4A_7C15L;
        long sum = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < LOADS_BETWEEN_LOOKS; i++) {
                random ^= random << 13;
                random ^= random >>> 7;
                random ^= random << 17;
                sum += own.get(JAVA_LONG, random & BYTES - 8);
            }
            loads += LOADS_BETWEEN_LOOKS;
        }
        sink = sum;
        return loads;
    }

    /** Returns what was read, so that no compiler leaves the reading out. */
    long sink() {
        return sink;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
