/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.impl.arena.Arenas;
import io.magpool.impl.arena.Holdings;
import io.magpool.impl.arena.Surplus;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.ThreadCache;
import io.magpool.impl.slab.Purge;
import java.util.concurrent.atomic.LongAdder;

/** What a trimmer trims of one pool, and what it gave back there. */
public final class Trimmable {

    private final Surplus surplus;
    private final CacheRegistry caches;
    private final KeptMappings large;
    private long intervalBegan; // guarded by the trimmer's lock; written before that when it is added
    private final LongAdder trims = new LongAdder();
    private final LongAdder trimmedBytes = new LongAdder();

    /**
     * Builds it.
     *
     * @param arenas are trimmed
     * @param caches are emptied where they are idle
     * @param large what is kept for large buffers goes
     */
    public Trimmable(Arenas arenas, CacheRegistry caches, KeptMappings large) {
        this.surplus = arenas.surplus();
        this.caches = caches;
        this.large = large;
    }

    Surplus surplus() {
        return surplus;
    }

    /** It is new: when its first interval began. */
    void beginAt(long nanoTime) {
        intervalBegan = nanoTime;
    }

    /** A new interval begins. */
    void beginInterval(long nanoTime) {
        intervalBegan = nanoTime;
        surplus.beginInterval();
    }

    /** How long the present interval is already. */
    long intervalSoFar(long now) {
        return now - intervalBegan;
    }

    boolean isAnythingToWatch() {
        return large.isAnythingToWatch() || surplus.isAnythingToTrim();
    }

    /** What is idle goes home to its slabs, or all that no thread is inside of. */
    void sendHome(boolean all) {
        surplus.emptyCaches(caches, all);
        surplus.sendIdleHome(all);
    }

    TrimPlan.Idle measure(long intervalNanos) {
        Holdings inSlabs = surplus.measure();
        KeptMappings.Holdings mapped = large.measure(intervalNanos);
        long inThreads = caches.caches().stream().mapToLong(ThreadCache::cachedBytes).sum();
        return new TrimPlan.Idle(
                inSlabs.backedBytes() + mapped.chargedBytes(),
                inSlabs.reclaimableBytes() + mapped.keptBytes(),
                inSlabs.untouchedBytes() + mapped.oldBytes(),
                inSlabs.depotBytes() + inThreads);
    }

    Purge newPurge(TrimPlan plan, boolean measured) {
        return surplus.newPurge(plan.bytes(), plan.mostBytes(), plan.allowedBytes(), measured);
    }

    /**
     * Gives back what a budget allows, from slabs and of kept mappings.
     *
     * @param purge the budget and the bill
     * @param freshToo whether also what was wanted since the last tick
     * @param oldNanos how long mappings have been kept that are not fresh
     * @param turn another number each time: so that what comes first does not use up the budget for ever
     */
    void purge(Purge purge, boolean freshToo, long oldNanos, int turn) {
        boolean mappingsFirst = (turn & 1) == 0;
        try {
            if (mappingsFirst) {
                large.trim(purge, freshToo ? 0 : oldNanos);
            }
            surplus.trim(purge, freshToo, turn >> 1);
            if (!mappingsFirst) {
                large.trim(purge, freshToo ? 0 : oldNanos);
            }
        } finally {
            count(purge); // also what went before the system refused
        }
    }

    private void count(Purge purge) {
        if (purge.advisedBytes() != 0) {
            trims.increment();
            trimmedBytes.add(purge.advisedBytes());
        }
    }

    /**
     * Counts trims that gave something back.
     *
     * @return a number of trims
     */
    public long trims() {
        return trims.sum();
    }

    /**
     * Returns how much trims gave back.
     *
     * @return bytes
     */
    public long trimmedBytes() {
        return trimmedBytes.sum();
    }
}
