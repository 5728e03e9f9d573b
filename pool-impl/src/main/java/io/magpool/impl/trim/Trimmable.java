/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.impl.arena.Arenas;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.slab.Purge;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** What a trimmer trims of one pool, and what it gave back there. */
public final class Trimmable {

    private final Arenas arenas;
    private final CacheRegistry caches;
    private final LongConsumer dropLarge;
    private final BooleanSupplier isLargeToWatch;
    private final LongAdder trims = new LongAdder();
    private final LongAdder trimmedBytes = new LongAdder();

    /**
     * Builds it.
     *
     * @param arenas are trimmed
     * @param caches are emptied where they are idle
     * @param dropLarge gives back what has lain ready for large buffers for so many nanoseconds
     * @param isLargeToWatch tells whether there is anything to watch among large buffers
     */
    public Trimmable(
            Arenas arenas, CacheRegistry caches, LongConsumer dropLarge, BooleanSupplier isLargeToWatch) {
        this.arenas = arenas;
        this.caches = caches;
        this.dropLarge = dropLarge;
        this.isLargeToWatch = isLargeToWatch;
    }

    Arenas arenas() {
        return arenas;
    }

    CacheRegistry caches() {
        return caches;
    }

    boolean isAnythingToWatch() {
        return isLargeToWatch.getAsBoolean() || arenas.isAnythingToTrim();
    }

    /** What is idle goes home to its slabs, or all that no thread is inside of; of large buffers what is old enough. */
    void sendHome(boolean all, long largeNanos) {
        dropLarge.accept(largeNanos);
        arenas.emptyCaches(caches, all);
        arenas.sendIdleHome(all);
    }

    void count(Purge purge) {
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
