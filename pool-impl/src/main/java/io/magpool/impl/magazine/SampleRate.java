/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often an acquisition is a sample. Each is one with the same probability, whatever came before: so the distance from one
 * to the next is drawn from a geometric distribution, and neither a program that acquires in a rhythm nor one whose threads
 * live shortly has other samples than chance gives.
 *
 * <p>The first samples of a pool come at short distances, each about twice as long as the one before, until they are as long
 * as was asked for. So the JIT meets the other kind of buffer before it compiles who uses buffers. Met later, it invalidates
 * that code, and callees that were compiled meanwhile are too large to be inlined into the next version.
 */
public final class SampleRate {

    /** No samples. */
    public static final SampleRate NONE = new SampleRate(0);

    private static final int DOUBLINGS = Integer.SIZE - 2;

    private final int distance;
    private final AtomicInteger taken = new AtomicInteger(); // up to the number of doublings

    /**
     * Builds it, for one pool.
     *
     * @param distance of how many acquisitions one is a sample, on average; 0: none is
     */
    public SampleRate(int distance) {
        this.distance = distance;
    }

    /**
     * Tells whether there are any samples.
     *
     * @return false if no acquisition is one
     */
    public boolean isAny() {
        return distance != 0;
    }

    /**
     * Decides on an acquisition that no cache counts.
     *
     * @return true for one in so many
     */
    public boolean picks() {
        boolean picked = isAny() && ThreadLocalRandom.current().nextInt(currentDistance()) == 0;
        if (picked) {
            countTaken();
        }
        return picked;
    }

    /** Draws how many acquires come before the first sample: 0 or more. */
    long first() {
        return isAny() ? draw() - 1 : Long.MAX_VALUE;
    }

    /** Draws which acquire after a sample is the next one: 1 or more. */
    long next() {
        countTaken();
        return draw();
    }

    private void countTaken() {
        if (taken.get() < DOUBLINGS) {
            taken.incrementAndGet();
        }
    }

    private int currentDistance() {
        return Math.min(distance, 1 << Math.min(DOUBLINGS, taken.get()));
    }

    private long draw() {
        int mean = currentDistance();
        double chance = 1 - ThreadLocalRandom.current().nextDouble(); // above 0, up to 1
        return mean == 1 ? 1 : 1 + (long) (Math.log(chance) / Math.log1p(-1.0 / mean));
    }
}
