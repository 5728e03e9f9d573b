/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads of all kinds acquire buffers, stamp every byte with a token of their own, hold them, hand them to each other, and
 * find the stamps as they were. Two owners of one byte would find each other's.
 */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class OwnershipStressTest extends PoolTest {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1200);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(25); // on a machine with much else to do
    private static final int ENOUGH = 300;

    private final Queue<Stamped> handedOver = new ArrayBlockingQueue<>(64);
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong waits = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong handOvers = new AtomicLong();

    private record Stamped(PooledBuffer buffer, long token) {

        static Stamped stamp(PooledBuffer buffer, long token) {
            MemorySegment memory = buffer.segment();
            for (long at = 0; at + 8 <= memory.byteSize(); at += 8) {
                memory.set(ValueLayout.JAVA_LONG, at, token + at);
            }
            return new Stamped(buffer, token);
        }

        void verifyAndRelease() {
            MemorySegment memory = buffer.segment();
            for (long at = 0; at + 8 <= memory.byteSize(); at += 8) {
                long found = memory.get(ValueLayout.JAVA_LONG, at);
                if (found != token + at) {
                    throw new AssertionError(
                            buffer + " has " + found + " at " + at + " where its owner wrote " + (token + at));
                }
            }
            buffer.release();
        }
    }

    @Test
    void noByteEverHasTwoOwners() throws Exception {
        stress(false);
    }

    @Test
    void norWhileTrimsTakeAllThatIsIdle() throws Exception {
        stress(true);
    }

    private void stress(boolean trimming) throws Exception {
        long seed = System.nanoTime();
        BufferPool pool = pool(variant.config().maxBytes(limit()).arenas(3).threadCacheBytes(MIB)
                .trimInterval(Duration.ofMillis(2)));
        long start = System.nanoTime();
        BooleanSupplier goOn = () -> {
            long passed = System.nanoTime() - start;
            boolean enough = tokens.get() > ENOUGH && (trimming || refusals.get() > 0);
            return passed < NANOS || (passed < MOST_NANOS && !enough);
        };
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(work(Thread.ofPlatform().daemon(), pool, new SplittableRandom(seed + i), goOn));
            tasks.add(work(Thread.ofVirtual(), pool, new SplittableRandom(seed + 100 + i), goOn));
        }
        SplittableRandom seeds = new SplittableRandom(seed + 1000);
        int shortLived = 0;
        try {
            while (goOn.getAsBoolean()) {
                long soon = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
                work(Thread.ofPlatform().daemon(), pool, seeds.split(), () -> System.nanoTime() < soon).get(30,
                        TimeUnit.SECONDS);
                shortLived++;
                if (trimming) {
                    pool.maintain();
                    pool.trim(shortLived % 2 == 0 ? TrimDepth.FULL : TrimDepth.GENTLE);
                }
            }
            for (FutureTask<Void> task : tasks) {
                task.get(30, TimeUnit.SECONDS);
            }
            for (Stamped left = handedOver.poll(); left != null; left = handedOver.poll()) {
                left.verifyAndRelease();
            }
            assertThat(shortLived).isPositive();
            if (!trimming) {
                assertThat(refusals.get()).as("refusals").isPositive();
            } else if (variant.isLinux()) { // of portable slabs perhaps none was ever empty
                assertThat(pool.statistics().trims()).as("trims").isPositive();
            }
            assertThat(waits.get()).as("acquires that were ready to wait").isPositive();
            assertThat(handOvers.get()).as("hand-overs").isPositive();
            await(() -> pool.statistics().threadCaches() <= 1);
            PoolStatistics now = pool.statistics();
            assertThat(now.acquires()).as("acquires").isGreaterThan(ENOUGH);
            assertThat(now.threadCaches()).as("caches of dead threads").isLessThanOrEqualTo(1);
            assertAddsUp(pool, List.of());
        } catch (AssertionError | java.util.concurrent.ExecutionException failed) {
            throw new AssertionError("seed " + seed + ", " + pool.statistics(), failed);
        }
        pool.close();
        assertThat(pool.statistics().chargedBytes()).isZero();
    }

    /** Tight, but where whole slabs are charged not so tight that each acquire carves one. */
    private long limit() {
        return variant.isLinux() ? 24 * MIB : 64 * MIB;
    }

    private FutureTask<Void> work(Thread.Builder builder, BufferPool pool, SplittableRandom random,
            BooleanSupplier goOn) {
        Callable<Void> worker = () -> {
            List<Stamped> held = new ArrayList<>();
            try {
                while (goOn.getAsBoolean()) {
                    step(pool, random, held);
                }
            } finally {
                held.forEach(Stamped::verifyAndRelease);
            }
            return null;
        };
        FutureTask<Void> task = new FutureTask<>(worker);
        builder.start(task);
        return task;
    }

    private void step(BufferPool pool, SplittableRandom random, List<Stamped> held) throws InterruptedException {
        int choice = random.nextInt(100);
        if (choice < 50 && held.size() < 60) {
            PooledBuffer buffer = acquire(pool, random);
            if (buffer != null) {
                held.add(Stamped.stamp(buffer, tokens.incrementAndGet() << 32));
            }
        } else if (choice < 60) {
            Stamped got = handedOver.poll();
            if (got != null) {
                handOvers.incrementAndGet();
                got.verifyAndRelease();
            }
        } else if (!held.isEmpty()) {
            Stamped given = held.remove(random.nextInt(held.size()));
            if (choice >= 75 || !handedOver.offer(given)) {
                given.verifyAndRelease();
            }
        }
    }

    private PooledBuffer acquire(BufferPool pool, SplittableRandom random) throws InterruptedException {
        long size = 1 + random.nextLong(1L << random.nextInt(6, 22));
        PooledBuffer buffer;
        if (random.nextInt(4) == 0) {
            waits.incrementAndGet();
            try {
                buffer = pool.acquire(BufferRequest.of(size).within(Duration.ofMillis(2)));
            } catch (PoolExhaustedException timedOut) {
                buffer = null;
            }
        } else {
            buffer = pool.tryAcquire(size);
        }
        if (buffer == null) {
            refusals.incrementAndGet();
        }
        return buffer;
    }
}
