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
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.Eventually;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of all kinds acquire buffers, stamp every byte with a token of their own, hold them, hand them to each other, and
 * find the stamps as they were. Two owners of one byte would find each other's.
 *
 * <p>Time is cut into slots: mostly small buffers, at times all sizes, at times more than the limit has room for, so that
 * acquires are refused, wait, take from neighbours and reclaim. Uses the public face of the pool only.
 */
final class OwnershipStress {

    private static final long MIB = 1L << 20;
    private static final int HELD = 64; // by each thread
    private static final int FEW = 8; // after a refusal
    private static final int STEPS_OF_A_SHORT_LIFE = 3000;
    private static final int STEPS_BETWEEN_LOOKS = 16;
    private static final long SLOT = TimeUnit.MILLISECONDS.toNanos(32);
    private static final Duration PATIENCE = Duration.ofMillis(2);
    private static final long HANGS = TimeUnit.SECONDS.toNanos(60);

    /** What a slot of time is like. */
    private enum Slot {
        SMALL,
        ALL_SIZES,
        TOO_MUCH
    }

    /** What happened in a run. */
    record Sums(
            long operations, long bytesStamped, long handOvers, long refusals, long waitsServed, long waitsInVain,
            long threads, long steals, long exchanges, long slabsReclaimed, long highestCharge) {

        static final Sums NOTHING = new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Sums plus(Sums more) {
            return new Sums(
                    operations + more.operations,
                    bytesStamped + more.bytesStamped,
                    handOvers + more.handOvers,
                    refusals + more.refusals,
                    waitsServed + more.waitsServed,
                    waitsInVain + more.waitsInVain,
                    threads + more.threads,
                    steals + more.steals,
                    exchanges + more.exchanges,
                    slabsReclaimed + more.slabsReclaimed,
                    Math.max(highestCharge, more.highestCharge));
        }

        /** Whether everything happened that the run is for. */
        boolean isComplete() {
            return isMixed() && refusals > 0 && waitsServed > 0 && waitsInVain > 0;
        }

        /** Whether everything happened that depends on what threads do to each other. */
        boolean isMixed() {
            return handOvers > 0 && steals > 0 && slabsReclaimed > 0 && threads > 10;
        }
    }

    private record Stamped(PooledBuffer buffer, long token) {

        static Stamped stamp(PooledBuffer buffer, long token) {
            MemorySegment memory = buffer.segment();
            long bytes = memory.byteSize();
            for (long at = 0; at < bytes; at += 8) {
                memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, token + at);
            }
            return new Stamped(buffer, token);
        }

        void verifyAndRelease() {
            MemorySegment memory = buffer.segment();
            long bytes = memory.byteSize();
            for (long at = 0; at < bytes; at += 8) {
                long found = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
                if (found != token + at) {
                    throw new AssertionError(
                            buffer + " has " + found + " at " + at + " where its owner wrote " + (token + at));
                }
            }
            buffer.release();
        }
    }

    private final BufferPool pool;
    private final long limit;
    private final long seed;
    private final long start = System.nanoTime();
    private final Queue<Stamped> handedOver = new ArrayBlockingQueue<>(128);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final LongAdder acquires = new LongAdder();
    private final LongAdder bytesStamped = new LongAdder();
    private final LongAdder handOvers = new LongAdder();
    private final LongAdder waitsServed = new LongAdder();
    private final LongAdder waitsInVain = new LongAdder();
    private long lives;
    private volatile boolean over;

    private OwnershipStress(Variant variant, long seed) {
        this.seed = seed;
        this.limit = variant.isPortable() ? 64 * MIB : 24 * MIB; // a slab at a time needs room for some sizes
        this.pool = BufferPool.create(
                variant.config().maxBytes(limit).arenas(3).threadCacheBytes(MIB).build());
    }

    /**
     * Runs.
     *
     * @param variant of the pool
     * @param seed of all that is random
     * @param nanos how long; longer, within bounds, until everything has happened that the run is for
     */
    static Sums run(Variant variant, long seed, long nanos) throws InterruptedException {
        OwnershipStress stress = new OwnershipStress(variant, seed);
        try {
            return stress.run(nanos);
        } catch (AssertionError wrong) {
            throw new AssertionError("seed " + seed + " on " + variant + ": " + wrong.getMessage(), wrong);
        }
    }

    private Sums run(long nanos) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        threads.add(live(Thread.ofPlatform(), Long.MAX_VALUE));
        threads.add(live(Thread.ofPlatform(), Long.MAX_VALUE));
        List<Thread> shortLived = new ArrayList<>();
        long highest = 0;
        Sums sums = Sums.NOTHING;
        long passed = 0;
        while (failure.get() == null && (passed < nanos || (!sums.isMixed() && passed < nanos + HANGS))) {
            shortLived.removeIf(thread -> !thread.isAlive());
            while (shortLived.size() < 4) {
                Thread.Builder kind = lives % 3 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
                shortLived.add(live(kind, STEPS_OF_A_SHORT_LIFE));
            }
            LockSupport.parkNanos(SLOT / 16);
            highest = Math.max(highest, pool.statistics().chargedBytes());
            passed = System.nanoTime() - start;
            sums = sums(highest);
        }
        over = true;
        threads.addAll(shortLived);
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(HANGS))) {
                failure.compareAndSet(null,
                        new AssertionError(thread + " hangs at " + List.of(thread.getStackTrace())));
            }
        }
        if (failure.get() != null) {
            throw new AssertionError(String.valueOf(failure.get().getMessage()), failure.get());
        }
        for (Stamped left = handedOver.poll(); left != null; left = handedOver.poll()) {
            left.verifyAndRelease();
        }
        meetTheLimit();
        sums = sums(highest);
        checkEnd();
        assertThat(highest).as("highest charge seen").isLessThanOrEqualTo(limit);
        return sums;
    }

    /** What chance brings about often, and this always: a refusal, a wait in vain, and one that is served. */
    private void meetTheLimit() throws InterruptedException {
        List<PooledBuffer> all = PoolTest.fill(pool, MIB);
        acquires.add(all.size());
        try {
            pool.acquire(BufferRequest.of(MIB).within(PATIENCE));
            throw new AssertionError("the pool has more than its limit");
        } catch (PoolExhaustedException inVain) {
            waitsInVain.increment();
        }
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                pool.acquire(BufferRequest.of(MIB).within(Duration.ofNanos(HANGS))).release();
                acquires.increment();
                waitsServed.increment();
            } catch (InterruptedException | PoolExhaustedException wrong) {
                failure.set(wrong);
            }
        });
        Eventually.isTrue(
                waiter + " waits or has ended",
                () -> waiter.getState() == Thread.State.TIMED_WAITING || !waiter.isAlive(),
                waiter::getState);
        PoolTest.release(all);
        Eventually.ended(waiter);
        assertThat(failure.get()).as("what a waiter got").isNull();
    }

    private void checkEnd() {
        PoolTest.assertAddsUp(pool, List.of());
        PoolStatistics now = pool.statistics();
        assertThat(now.acquires())
                .as("acquires that the pool has counted, with those that were given to a waiter too late")
                .isGreaterThanOrEqualTo(acquires.sum());
        assertThat(now.releases()).as("releases that the pool has counted").isEqualTo(now.acquires());
        assertThat(now.threadCaches()).as("caches of the living, which is this thread").isLessThanOrEqualTo(1);
        pool.close();
        assertThat(pool.statistics().chargedBytes()).as("charged after the close").isZero();
        assertThat(pool.statistics().reservedBytes()).as("reserved after the close").isZero();
    }

    private Sums sums(long highest) {
        PoolStatistics now = pool.statistics();
        long slabs = now.sizeClasses().stream().mapToLong(OwnershipStress::slabs).sum();
        return new Sums(
                now.acquires() + now.releases(),
                bytesStamped.sum(),
                handOvers.sum(),
                now.refusals(),
                waitsServed.sum(),
                waitsInVain.sum(),
                lives,
                now.steals(),
                now.exchanges(),
                Math.max(0, now.carves() - slabs),
                highest);
    }

    private static long slabs(SizeClassStatistics sizeClass) {
        return sizeClass.carved() / ((2 * MIB) / sizeClass.chunkBytes());
    }

    private Thread live(Thread.Builder kind, long steps) {
        Life life = new Life(new SplittableRandom(seed + lives), steps);
        lives++;
        return kind.name("life-" + lives).start(life);
    }

    private Slot slotNow() {
        int slot = (int) ((System.nanoTime() - start) / SLOT % 16);
        return slot == 2 ? Slot.ALL_SIZES : slot == 4 ? Slot.TOO_MUCH : Slot.SMALL;
    }

    /** What one thread does. */
    private final class Life implements Runnable {

        private final SplittableRandom random;
        private final long steps;
        private final Stamped[] held = new Stamped[HELD];
        private int count;
        private long acquired;
        private long stamped;
        private Slot slot = Slot.SMALL;

        Life(SplittableRandom random, long steps) {
            this.random = random;
            this.steps = steps;
        }

        @Override
        public void run() {
            try {
                try {
                    for (long step = 0; step < steps && (step % STEPS_BETWEEN_LOOKS != 0 || goesOn()); step++) {
                        step();
                    }
                } finally {
                    while (count > 0) {
                        give();
                    }
                    acquires.add(acquired);
                    bytesStamped.add(stamped);
                }
            } catch (Throwable wrong) {
                failure.compareAndSet(null, wrong);
            }
        }

        private boolean goesOn() {
            slot = slotNow();
            return !over && failure.get() == null;
        }

        private void step() throws InterruptedException {
            int choice = random.nextInt(64);
            if (choice < (slot == Slot.TOO_MUCH ? 56 : 33) ? count < HELD : count == 0) {
                PooledBuffer buffer = acquire(size());
                if (buffer == null) {
                    makeRoom();
                } else {
                    acquired++;
                    stamped += buffer.capacity();
                    held[count++] = Stamped.stamp(buffer, random.nextLong());
                }
            } else if (choice >= 62) {
                Stamped got = handedOver.poll();
                if (got != null) {
                    handOvers.increment();
                    got.verifyAndRelease();
                }
            } else if (choice >= 60) {
                give();
            } else {
                takeAny().verifyAndRelease();
            }
        }

        /** Else a pool that is full stays full, and all that happens are refusals. */
        private void makeRoom() {
            while (count > FEW) {
                takeAny().verifyAndRelease();
            }
        }

        private void give() {
            Stamped given = takeAny();
            if (!handedOver.offer(given)) {
                given.verifyAndRelease();
            }
        }

        private Stamped takeAny() {
            int index = random.nextInt(count);
            Stamped taken = held[index];
            count--;
            held[index] = held[count];
            held[count] = null;
            return taken;
        }

        private long size() {
            return switch (slot) {
                case SMALL -> 1 + random.nextInt(random.nextInt(32) == 0 ? 8192 : 512);
                case ALL_SIZES -> 1 + random.nextLong(1L << random.nextInt(6, 22));
                case TOO_MUCH -> 1 + random.nextLong(1 << 20);
            };
        }

        private PooledBuffer acquire(long size) throws InterruptedException {
            PooledBuffer buffer = pool.tryAcquire(size);
            if (buffer == null && random.nextInt(4) == 0) {
                try {
                    buffer = pool.acquire(BufferRequest.of(size).within(PATIENCE));
                    waitsServed.increment();
                } catch (PoolExhaustedException inVain) {
                    waitsInVain.increment();
                }
            }
            return buffer;
        }
    }
}
