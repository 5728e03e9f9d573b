/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that uses and frees memory at a bounded rate, until it is told to end. */
final class PacedThread implements AutoCloseable {

    /** Shorter waits are spun away. */
    private static final long PARK_NANOS = 200_000;

    private final WayToFree.Use use;
    private final double nanosPerUse;
    private final Thread thread;
    private volatile boolean ending;
    private volatile long uses;
    private volatile @Nullable Throwable failure;

    /**
     * Starts.
     *
     * @param way what it does
     * @param bytes how many bytes at once
     * @param rate bytes in a second, at most
     */
    PacedThread(WayToFree way, long bytes, long rate) {
        this.use = way.prepare(bytes);
        this.nanosPerUse = 1e9 * bytes / rate;
        this.thread = Thread.ofPlatform().daemon().name("freeing").start(this::run);
    }

    private void run() {
        try {
            long start = System.nanoTime();
            for (long done = 0; !ending; done++) {
                await(start + (long) (done * nanosPerUse));
                use.once();
                uses = done + 1;
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void await(long time) {
        for (long left = time - System.nanoTime(); left > 0 && !ending; left = time - System.nanoTime()) {
            if (left > PARK_NANOS) {
                LockSupport.parkNanos(left - PARK_NANOS / 2);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Returns how often it has used and freed. */
    long uses() {
        return uses;
    }

    /** Ends it. */
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("the thread that frees failed", failure);
        }
    }
}
