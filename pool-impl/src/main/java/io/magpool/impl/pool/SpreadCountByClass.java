/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.slab.SizeClasses;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often something happened to chunks of each size class, counted by many threads, each mostly at a place of its own. Never
 * allocates once it is built: who counts may have a chunk in hand, which must not be lost for want of Java heap.
 */
final class SpreadCountByClass {

    private static final int PAD = 16; // longs, 128 bytes
    private static final int STEP = SizeClasses.COUNT + PAD;

    private final AtomicLongArray counts;
    private final int places;

    SpreadCountByClass(int places) {
        this.places = places;
        this.counts = new AtomicLongArray(PAD + places * STEP);
    }

    /** Counts one at a place, below the number of places and not negative. */
    void count(int place, int sizeClass) {
        counts.incrementAndGet(index(place, sizeClass));
    }

    /** Adds up: exact while nobody counts, else a recent figure. */
    long of(int sizeClass) {
        long sum = 0;
        for (int place = 0; place < places; place++) {
            sum += counts.get(index(place, sizeClass));
        }
        return sum;
    }

    private static int index(int place, int sizeClass) {
        return PAD + place * STEP + sizeClass;
    }
}
