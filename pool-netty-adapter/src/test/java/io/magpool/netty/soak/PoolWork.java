/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Work through the pool's own face: buffers of all sizes are acquired, stamped, grown, handed to other threads, and found as
 * they were left. For a moment in each ten seconds more is wanted than the limit has, so that acquires are refused and wait.
 */
final class PoolWork {

    private static final int HELD = 48; // by each thread
    private static final int FEW = 6; // after a refusal
    private static final int LINE = 64;
    private static final Duration PATIENCE = Duration.ofMillis(2);
    private static final long ALL_SIZES = 1; // which of the sixteenths of a cycle
    private static final long TOO_MUCH = 3;
    private static final long CYCLE = TimeUnit.SECONDS.toNanos(10);

    final LongAdder waitsServed = new LongAdder();
    final LongAdder waitsInVain = new LongAdder();
    final LongAdder callBacks = new LongAdder();
    final LongAdder handOvers = new LongAdder();

    private final BufferPool pool;
    private final Queue<Stamped> handedOver = new ArrayBlockingQueue<>(64);

    PoolWork(BufferPool pool) {
        this.pool = pool;
    }

    BufferPool pool() {
        return pool;
    }

    private record Stamped(PooledBuffer buffer, long stampedBytes, long token) {

        static Stamped stamp(PooledBuffer buffer, long token) {
            MemorySegment memory = buffer.segment();
            long bytes = buffer.size() & -LINE;
            for (long at = 0; at < bytes; at += LINE) {
                memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, token + at);
            }
            return new Stamped(buffer, bytes, token);
        }

        void verify() {
            MemorySegment memory = buffer.segment();
            for (long at = 0; at < stampedBytes; at += LINE) {
                long found = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
                if (found != token + at) {
                    throw new AssertionError(
                            buffer + " has " + found + " at " + at + " where its owner wrote " + (token + at));
                }
            }
        }

        void verifyAndRelease() {
            verify();
            buffer.release();
        }

        /** Grown and stamped anew, or as it is where there is no room. */
        Stamped grow(long size, long newToken) {
            verify();
            PooledBuffer grown;
            try {
                grown = buffer.reallocate(size);
            } catch (PoolExhaustedException noRoom) {
                return this;
            }
            new Stamped(grown, Math.min(stampedBytes, size & -LINE), token).verify();
            return stamp(grown, newToken);
        }
    }

    /** Releases what was handed over and not taken. */
    void end() {
        for (Stamped left = handedOver.poll(); left != null; left = handedOver.poll()) {
            left.verifyAndRelease();
        }
    }

    /** What one thread does. */
    final class Worker implements Crew.Worker {

        private final SplittableRandom random;
        private final List<Stamped> held = new ArrayList<>();

        Worker(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public void step() throws InterruptedException {
            int choice = random.nextInt(64);
            if (choice < (moment() == TOO_MUCH ? 50 : 32) ? held.size() < HELD : held.isEmpty()) {
                acquire();
            } else if (choice >= 62) {
                take();
            } else if (choice >= 60) {
                give();
            } else if (choice >= 58) {
                held.add(takeAny().grow(size(), random.nextLong()));
            } else {
                takeAny().verifyAndRelease();
            }
        }

        @Override
        public void leave() {
            while (!held.isEmpty()) {
                give();
            }
        }

        private void acquire() throws InterruptedException {
            long size = size();
            PooledBuffer buffer = pool.tryAcquire(size);
            if (buffer == null) {
                makeRoom();
                buffer = waitFor(size);
            }
            if (buffer != null) {
                held.add(Stamped.stamp(buffer, random.nextLong()));
            } else {
                take(); // or what was handed over might be all that there is, and nobody hold anything
            }
        }

        private PooledBuffer waitFor(long size) throws InterruptedException {
            if (random.nextInt(4) == 0) {
                pool.onAvailable(size, callBacks::increment);
                return null;
            }
            try {
                PooledBuffer buffer = pool.acquire(BufferRequest.of(size).within(PATIENCE));
                waitsServed.increment();
                return buffer;
            } catch (PoolExhaustedException inVain) {
                waitsInVain.increment();
                return null;
            }
        }

        private void makeRoom() {
            while (held.size() > FEW) {
                takeAny().verifyAndRelease();
            }
        }

        private void take() {
            Stamped got = handedOver.poll();
            if (got != null) {
                handOvers.increment();
                got.verifyAndRelease();
            }
        }

        private void give() {
            Stamped given = takeAny();
            if (!handedOver.offer(given)) {
                given.verifyAndRelease();
            }
        }

        private Stamped takeAny() {
            int index = random.nextInt(held.size());
            Stamped taken = held.get(index);
            Stamped last = held.removeLast();
            if (index < held.size()) {
                held.set(index, last);
            }
            return taken;
        }

        private long size() {
            long moment = moment();
            return moment == TOO_MUCH
                    ? 1 + random.nextLong(2 << 20)
                    : 1 + random.nextLong(1L << random.nextInt(6, moment == ALL_SIZES ? 22 : 14));
        }

        private static long moment() {
            return System.nanoTime() % CYCLE * 16 / CYCLE;
        }
    }
}
