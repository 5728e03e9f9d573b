/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.event.Events;
import io.magpool.impl.memory.Barrier;
import io.magpool.impl.slab.SizeClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongBiFunction;

/**
 * All thread caches of a pool, so that they can be counted and revoked.
 *
 * <p>One barrier serves a batch of caches. A cache whose thread has died needs none, and no look at {@code busy}, since
 * nobody can be inside; but it too is taken by one revoker at a time. Its counters live on in the sums here.
 */
public final class CacheRegistry {

    private static final int PATIENCE = 10_000; // looks at a guard, some 100 microseconds
    private static final int PATIENCE_TO_CLOSE = 100 * PATIENCE;

    private final Barrier barrier;
    private final Events events;
    private final CopyOnWriteArrayList<ThreadCache> caches = new CopyOnWriteArrayList<>();
    private final Counter acquires = new Counter(ThreadCache::acquires);
    private final Counter releases = new Counter(ThreadCache::releases);
    private final Counter exchanges = new Counter(ThreadCache::exchanges);

    /**
     * Builds an empty registry.
     *
     * @param barrier runs in all threads before a cache is revoked
     * @param events is told when caches are emptied
     */
    public CacheRegistry(Barrier barrier, Events events) {
        this.barrier = barrier;
        this.events = events;
    }

    /**
     * Adds a cache, before its owner uses it.
     *
     * @param cache a new cache
     */
    public void register(ThreadCache cache) {
        caches.add(cache);
    }

    /**
     * Takes a cache out that was never used.
     *
     * @param cache registered before
     */
    public void unregister(ThreadCache cache) {
        caches.remove(cache);
    }

    /**
     * Takes the rounds of threads that have died, and what a closed cache has left, whose owner was inside while it was
     * closed.
     *
     * @param sink gets them
     */
    public void reapDead(RoundSink sink) {
        for (ThreadCache cache : caches) {
            if (cache.isClosedAndIdle() && cache.hasRounds()) {
                empty(cache, sink);
            }
            if (cache.isOwnerDead() && cache.announceRevocation()) {
                Object begun = events.beginEmptyCaches();
                int[][] rounds = new int[0][];
                try {
                    rounds = cache.drain();
                    keepCounts(cache);
                    cache.retire();
                    cache.closeForGood();
                } finally { // whatever the Java heap has no room for
                    cache.undoRevocation();
                    events.endEmptyCaches(begun, "its thread ended", 1, pour(rounds, sink));
                }
            }
        }
    }

    private void empty(ThreadCache cache, RoundSink sink) {
        if (cache.announceRevocation()) {
            int[][] rounds = new int[0][];
            try {
                barrier.execute();
                rounds = cache.awaitIdle(1) ? cache.drain() : rounds;
            } finally {
                cache.undoRevocation();
            }
            pour(rounds, sink);
        }
    }

    /** Does nothing if another reaper has done so already. */
    private synchronized void keepCounts(ThreadCache cache) {
        if (caches.remove(cache)) {
            acquires.retire(cache);
            releases.retire(cache);
            exchanges.retire(cache);
        }
    }

    /**
     * Takes the rounds of all caches whose owners are outside their guard; skips the others.
     *
     * @param sink gets them
     */
    public void revokeAll(RoundSink sink) {
        reapDead(sink);
        revoke(caches, sink, "memory is short, or a full trim", false);
    }

    /**
     * Takes the rounds of caches whose owners did nothing since this was asked last; the others are left alone. One thread
     * at a time.
     *
     * @param sink gets them
     */
    public void revokeIdle(RoundSink sink) {
        List<ThreadCache> idle = new ArrayList<>();
        for (ThreadCache cache : caches) {
            if (cache.isIdleSinceLastLook()) {
                idle.add(cache);
            }
        }
        if (!idle.isEmpty()) {
            revoke(idle, sink, "idle", false);
        }
    }

    /**
     * Takes the rounds of all caches and locks their owners out for good. An owner that is stopped inside its guard is
     * waited for much longer; if that is in vain, the next to reap takes its rounds, once it is outside.
     *
     * @param sink gets them
     */
    public void closeAll(RoundSink sink) {
        reapDead(sink);
        revoke(caches, sink, "closed", true);
    }

    private void revoke(List<ThreadCache> candidates, RoundSink sink, String reason, boolean forGood) {
        Object begun = events.beginEmptyCaches();
        List<ThreadCache> announced = new ArrayList<>();
        for (ThreadCache cache : candidates) {
            if (forGood) {
                cache.announceRevocationAtLast();
                announced.add(cache);
            } else if (cache.announceRevocation()) {
                announced.add(cache);
            }
        }
        int done = 0;
        long chunks = 0;
        try {
            barrier.execute();
            for (ThreadCache cache : announced) {
                int[][] taken = cache.awaitIdle(forGood ? PATIENCE_TO_CLOSE : PATIENCE) ? cache.drain() : new int[0][];
                if (forGood) {
                    cache.closeForGood();
                } else {
                    cache.undoRevocation();
                }
                done++;
                chunks += pour(taken, sink);
            }
        } finally {
            for (ThreadCache cache : announced.subList(done, announced.size())) {
                if (forGood) {
                    cache.closeForGood();
                } else {
                    cache.undoRevocation();
                }
            }
            events.endEmptyCaches(begun, reason, announced.size(), chunks);
        }
    }

    /** Returns how many chunks that were. */
    private static long pour(int[][] rounds, RoundSink sink) {
        long chunks = 0;
        for (int sizeClass = 0; sizeClass < rounds.length; sizeClass++) {
            if (rounds[sizeClass].length != 0) {
                chunks += rounds[sizeClass].length;
                sink.accept(sizeClass, rounds[sizeClass]);
            }
        }
        return chunks;
    }

    /**
     * Has owners leave each chunk that they release to the layers below, where whoever waits can get it, and draw on
     * these layers too. Behind the barrier that follows no operation begins that has not seen this.
     */
    public void divertAll() {
        caches.forEach(ThreadCache::divert);
    }

    /** Runs the barrier, which belongs behind {@link #divertAll()}, but not under a lock. */
    public void fence() {
        barrier.execute();
    }

    /**
     * Diverts one cache, by its owner, which needs no barrier.
     *
     * @param cache the owner's
     */
    public void divert(ThreadCache cache) {
        cache.divert();
    }

    /** Lets owners use their caches again. */
    public void undivertAll() {
        caches.forEach(ThreadCache::undivert);
    }

    /**
     * Returns the living caches.
     *
     * @return a snapshot
     */
    public List<ThreadCache> caches() {
        return List.copyOf(caches);
    }

    /**
     * Counts the caches of living threads.
     *
     * @return a number of caches, without stripes
     */
    public int threadCaches() {
        return (int) caches.stream().filter(cache -> !(cache instanceof Stripe)).count();
    }

    /**
     * Counts acquires through caches, of threads alive and dead.
     *
     * @param sizeClass of what was acquired
     * @return a recent figure, which never falls
     */
    public synchronized long acquires(int sizeClass) {
        return acquires.of(sizeClass);
    }

    /**
     * Counts releases through caches, of threads alive and dead.
     *
     * @param sizeClass of what was released
     * @return a recent figure, which never falls
     */
    public synchronized long releases(int sizeClass) {
        return releases.of(sizeClass);
    }

    /**
     * Counts magazines of a class exchanged by caches, of threads alive and dead.
     *
     * @param sizeClass of the magazines
     * @return a recent figure
     */
    public synchronized long exchanges(int sizeClass) {
        return exchanges.of(sizeClass);
    }

    /**
     * Adds up what caches count, and what those counted that are no more. Under the registry's lock. A cache may show too few for a
     * moment ({@link PairCounters}); the sum never falls.
     */
    private final class Counter {

        private final ToLongBiFunction<ThreadCache, Integer> count;
        private final long[] retired = new long[SizeClasses.COUNT];
        private final long[] highest = new long[SizeClasses.COUNT];

        Counter(ToLongBiFunction<ThreadCache, Integer> count) {
            this.count = count;
        }

        void retire(ThreadCache cache) {
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                retired[sizeClass] += count.applyAsLong(cache, sizeClass);
            }
        }

        long of(int sizeClass) {
            long sum = retired[sizeClass];
            for (ThreadCache cache : caches) {
                sum += count.applyAsLong(cache, sizeClass);
            }
            highest[sizeClass] = Math.max(highest[sizeClass], sum);
            return highest[sizeClass];
        }
    }
}
