/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.api.BufferPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Does for a pool what its own thread would do, and tells when it is at it.
 *
 * <p>And it tells how much went back too early. What a pool is charged falls by its trims alone, as long as no limit is near:
 * so by how much it rose between two ticks is what was taken meanwhile, and as much of it as the first of the two had given
 * back may have been that.
 */
final class WatchedTrimmer implements AutoCloseable {

    /** The pool's default. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final @Nullable Thread thread;
    private volatile boolean atWork;
    private volatile long nanos;
    private volatile long bytes;
    private final List<Tick> ticks = new CopyOnWriteArrayList<>(); // once the next one has come

    /** When memory went back, how much, and how much of it was taken again before the next tick, at most. */
    private record Tick(long nanoTime, long advised, long takenAgain) {}

    private WatchedTrimmer(@Nullable BufferPool pool) {
        this.thread = pool == null ? null : Thread.ofPlatform().daemon().name("trimmer").start(() -> run(pool));
    }

    /** Starts, if the subject has a pool that wants it. */
    static WatchedTrimmer of(MemorySubject subject) {
        return new WatchedTrimmer(subject instanceof MagpoolMemory magpool ? magpool.pool() : null);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by this thread alone
    private void run(BufferPool pool) {
        try {
            long start = System.nanoTime();
            long advised = 0;
            long left = 0;
            while (true) {
                Thread.sleep(INTERVAL);
                long taken = pool.statistics().chargedBytes() - left;
                ticks.add(new Tick(start, advised, Math.clamp(taken, 0, advised)));
                start = System.nanoTime();
                atWork = true;
                advised = pool.maintain().advisedBytes();
                atWork = false;
                nanos += System.nanoTime() - start;
                bytes += advised;
                left = pool.statistics().chargedBytes();
            }
        } catch (InterruptedException end) {
            return;
        }
    }

    /** Tells whether it trims just now. */
    boolean isAtWork() {
        return atWork;
    }

    /** Returns how long it has been at work, in all. */
    long nanos() {
        return nanos;
    }

    /** Returns what went back, in all. */
    long bytes() {
        return bytes;
    }

    /** Returns what went back since a time, as far as the tick after has come. */
    long givenSince(long nanoTime) {
        return ticks.stream().filter(tick -> tick.nanoTime - nanoTime >= 0).mapToLong(Tick::advised).sum();
    }

    /** Returns how much of that was taken again before the tick after, at most. */
    long takenAgainSince(long nanoTime) {
        return ticks.stream().filter(tick -> tick.nanoTime - nanoTime >= 0).mapToLong(Tick::takenAgain).sum();
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
