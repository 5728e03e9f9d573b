/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.arena.Reclaim;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.magazine.RoundSink;
import io.magpool.impl.magazine.Stripes;
import io.magpool.impl.slab.ChunkNumber;
import org.jspecify.annotations.Nullable;

/**
 * Where chunks come from and go to when a thread's own magazines are empty or full, or the thread has none: whole magazines
 * are exchanged with the depots, and what the depots do not have comes from the slabs.
 *
 * <p>Chunks are counted where they pass: by the cache that they come from or go to, or here.
 *
 * <p>A chunk or a magazine in hand is not lost where the Java heap has no room for a step: what comes between one place and the next
 * allocates nothing, counters included, or stands in front of a {@code finally} that puts what is in hand into a place that needs
 * nothing.
 */
final class Supply {

    private final Arenas arenas;
    private final Reclaim reclaim;
    private final Stripes stripes;
    private final Runnable afterTaking;
    private final RoundSink toDepot;
    private final SpreadCountByClass acquires; // not counted by any cache
    private final SpreadCountByClass releases;

    Supply(Arenas arenas, Reclaim reclaim, Stripes stripes, Runnable afterTaking) {
        this.arenas = arenas;
        this.reclaim = reclaim;
        this.stripes = stripes;
        this.afterTaking = afterTaking;
        this.toDepot = arenas::put;
        this.acquires = new SpreadCountByClass(arenas.count());
        this.releases = new SpreadCountByClass(arenas.count());
    }

    /**
     * Takes a chunk that lies ready in a cache, which counts it.
     *
     * @param cache of the calling thread, or null if it has none
     * @return its number, or {@link ChunkNumber#NONE} if there is none
     */
    int takeCached(@Nullable LocalCache cache, int sizeClass) {
        return cache == null ? takeFromStripe(sizeClass) : cache.acquire(sizeClass);
    }

    /**
     * Takes a chunk from depots and slabs, which is still to be {@linkplain #countAcquire counted}.
     *
     * @param cache of the calling thread, or null if it has none: it gets the rest of the magazine
     * @param byReclaim true to reclaim memory before giving up
     * @return its number, or {@link ChunkNumber#NONE} if the limit leaves no room
     */
    int take(@Nullable LocalCache cache, int sizeClass, boolean byReclaim) {
        Magazine magazine = takeLoaded(sizeClass, byReclaim);
        if (magazine == null) {
            return ChunkNumber.NONE;
        }
        int number = magazine.pop();
        boolean done = false;
        try {
            keepTheRest(cache, sizeClass, magazine);
            afterTaking.run();
            done = true;
        } finally {
            if (!done) { // the Java heap has no room
                arenas.putHome(number);
            }
        }
        return number;
    }

    private void keepTheRest(@Nullable LocalCache cache, int sizeClass, Magazine magazine) {
        try {
            if (cache == null) {
                stripes.load(sizeClass, magazine, toDepot);
            } else {
                cache.load(sizeClass, magazine);
            }
        } finally {
            arenas.put(sizeClass, magazine);
        }
        if (cache != null) {
            keepWithinBudget(cache, sizeClass);
        }
    }

    /**
     * Counts what came from depots and slabs.
     *
     * @param cache of the calling thread, or null if it has none
     * @return true if a cache counts it, whose count tells which acquisitions are samples
     */
    boolean countAcquire(@Nullable LocalCache cache, int sizeClass) {
        boolean counted = cache == null ? stripes.countAcquire(sizeClass) : cache.countAcquire(sizeClass);
        if (!counted) {
            acquires.count(arenas.here(), sizeClass);
        }
        return counted;
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
    int takeFromStripe(int sizeClass) {
        return stripes.acquire(sizeClass);
    }

    /** Tells whether the acquisition that comes next, from a stripe, is a sample. */
    boolean takeSample(int sizeClass) {
        return stripes.takeSample(sizeClass);
    }

    /** The acquisition that was a sample came to nothing. */
    void returnSample(int sizeClass) {
        stripes.returnSample(sizeClass);
    }

    /** Puts a chunk into a stripe; returns false if there is no room at hand. */
    boolean putIntoStripe(int sizeClass, int number) {
        return stripes.release(sizeClass, number);
    }

    /**
     * Puts a chunk back.
     *
     * @param cache of the calling thread, or null if it has none
     */
    void put(@Nullable LocalCache cache, int sizeClass, int number) {
        boolean cached = cache == null ? stripes.release(sizeClass, number) : cache.release(sizeClass, number);
        if (!cached && makesRoom(cache, sizeClass)) {
            cached = cache == null ? stripes.release(sizeClass, number) : cache.release(sizeClass, number);
        }
        if (!cached) {
            putHome(number);
        }
    }

    /** Puts a chunk back into its slab. */
    void putHome(int number) {
        releases.count(arenas.here(), arenas.slab(number).sizeClass());
        arenas.putHome(number);
    }

    /** A chunk passed from thread to thread: counts it where no cache does. */
    void countPassedOn(int sizeClass) {
        releases.count(arenas.here(), sizeClass);
        acquires.count(arenas.here(), sizeClass);
    }

    /** Tells whether there is any sense in another try. Where the Java heap has no room, the chunk's slab has. */
    private boolean makesRoom(@Nullable LocalCache cache, int sizeClass) {
        Magazine magazine = cache == null || cache.isOpen() ? arenas.takeEmptyIfPossible(sizeClass) : null;
        if (magazine == null) {
            return false;
        }
        try {
            try {
                if (cache == null) {
                    stripes.unload(sizeClass, magazine, toDepot);
                } else {
                    cache.unload(sizeClass, magazine);
                }
            } finally {
                arenas.put(sizeClass, magazine);
            }
            if (cache != null) {
                keepWithinBudget(cache, sizeClass);
            }
            return true;
        } catch (OutOfMemoryError noRoom) {
            return false;
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

    /** Counts acquires that no cache has counted. */
    long acquires(int sizeClass) {
        return acquires.of(sizeClass);
    }

    long releases(int sizeClass) {
        return releases.of(sizeClass);
    }
}
