/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.arena.Reclaim;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.magazine.PairLayout;
import io.magpool.impl.magazine.Stripes;
import io.magpool.impl.slab.ChunkNumber;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Where chunks come from and go to when a thread's own magazines are empty or full, or the thread has none: whole magazines
 * are exchanged with the depots, and what the depots do not have comes from the slabs.
 *
 * <p>Chunks are counted where they pass: by the cache that they come from or go to, or here.
 */
final class Supply {

    private final PairLayout layout;
    private final Arenas arenas;
    private final Reclaim reclaim;
    private final Stripes stripes;
    private final Runnable afterTaking;
    private final LongAdder acquires = new LongAdder(); // not counted by any cache
    private final LongAdder releases = new LongAdder();

    Supply(Arenas arenas, Reclaim reclaim, Stripes stripes, Runnable afterTaking) {
        this.layout = arenas.layout();
        this.arenas = arenas;
        this.reclaim = reclaim;
        this.stripes = stripes;
        this.afterTaking = afterTaking;
    }

    /**
     * Takes a chunk.
     *
     * @param cache of the calling thread, or null if it has none
     * @param byReclaim true to reclaim memory before giving up
     * @return its number, or {@link ChunkNumber#NONE} if the limit leaves no room
     */
    int take(@Nullable LocalCache cache, int sizeClass, boolean byReclaim) {
        int slot = layout.slot(sizeClass);
        int cached = cache == null ? takeFromStripe(slot) : cache.acquire(slot);
        if (cached >= 0) {
            return cached;
        }
        Magazine magazine = takeLoaded(sizeClass, byReclaim);
        if (magazine == null) {
            return ChunkNumber.NONE;
        }
        afterTaking.run();
        int number = magazine.pop();
        if (cache == null) {
            acquires.increment();
            stripes.load(sizeClass, magazine, arenas::put);
            arenas.put(sizeClass, magazine);
        } else {
            cache.countAcquire();
            cache.load(sizeClass, magazine);
            arenas.put(sizeClass, magazine);
            keepWithinBudget(cache, sizeClass);
        }
        return number;
    }

    private @Nullable Magazine takeLoaded(int sizeClass, boolean byReclaim) {
        Magazine magazine;
        try {
            magazine = byReclaim ? arenas.takeLoaded(sizeClass) : arenas.takeLoadedAnywhere(sizeClass);
        } catch (MemoryRefusedException bySystem) {
            magazine = null; // then what others have will do
        }
        return magazine == null && byReclaim ? reclaim.takeLoaded(sizeClass) : magazine;
    }

    /** Takes a chunk that lies ready in a stripe. */
    int takeFromStripe(int slot) {
        return stripes.acquire(slot);
    }

    /** Puts a chunk into a stripe; returns false if there is no room at hand. */
    boolean putIntoStripe(int slot, int number) {
        return stripes.release(slot, number);
    }

    /**
     * Puts a chunk back.
     *
     * @param cache of the calling thread, or null if it has none
     */
    void put(@Nullable LocalCache cache, int sizeClass, int number) {
        int slot = layout.slot(sizeClass);
        boolean cached = cache == null ? stripes.release(slot, number) : cache.release(slot, number);
        if (!cached) {
            makeRoom(cache, sizeClass);
            cached = cache == null ? stripes.release(slot, number) : cache.release(slot, number);
        }
        if (!cached) {
            putHome(number);
        }
    }

    /** Puts a chunk back into its slab. */
    void putHome(int number) {
        releases.increment();
        arenas.putHome(number);
    }

    /** A chunk passed from thread to thread: counts it where no cache does. */
    void countPassedOn() {
        releases.increment();
        acquires.increment();
    }

    private void makeRoom(@Nullable LocalCache cache, int sizeClass) {
        Magazine magazine = cache == null || cache.isOpen() ? arenas.takeEmptyIfPossible(sizeClass) : null;
        if (magazine == null) {
            return;
        }
        if (cache == null) {
            stripes.unload(sizeClass, magazine, arenas::put);
            arenas.put(sizeClass, magazine);
        } else {
            cache.unload(sizeClass, magazine);
            arenas.put(sizeClass, magazine);
            keepWithinBudget(cache, sizeClass);
        }
    }

    private void keepWithinBudget(LocalCache cache, int inUse) {
        for (int victim = cache.overBudget(inUse); victim >= 0; victim = cache.overBudget(inUse)) {
            if (!cache.isOpen()) {
                return;
            }
            arenas.put(victim, cache.giveUp(victim));
        }
    }

    long acquires() {
        return acquires.sum();
    }

    long releases() {
        return releases.sum();
    }
}
