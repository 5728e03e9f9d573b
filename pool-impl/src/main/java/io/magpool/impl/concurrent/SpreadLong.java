/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.util.Arrays;

/**
 * A sum that many threads add to, each mostly at a place of its own. Unlike {@link java.util.concurrent.atomic.LongAdder} it
 * never allocates once it is built: who counts may have a chunk in hand, which must not be lost for want of Java heap.
 */
public final class SpreadLong {

    private final PaddedLong[] places;

    /**
     * Starts at zero.
     *
     * @param places how many there are, at least 1
     */
    public SpreadLong(int places) {
        this.places = new PaddedLong[places];
        Arrays.setAll(this.places, place -> new PaddedLong());
    }

    /**
     * Adds.
     *
     * @param place where; below the number of places, and not negative
     * @param delta how much
     */
    public void add(int place, long delta) {
        places[place].addAndGet(delta);
    }

    /**
     * Adds up.
     *
     * @return exact while nobody adds, else a recent figure
     */
    public long sum() {
        long sum = 0;
        for (PaddedLong place : places) {
            sum += place.get();
        }
        return sum;
    }
}
