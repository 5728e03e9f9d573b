/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often an acquisition is a sample. The distance from one to the next is drawn at random, so that a program which acquires
 * in a rhythm does not always have the same of its acquisitions picked.
 *
 * <p>The first samples of a pool come at short distances, each about twice as long as the one before, until they are as long as
 * was asked for. So the JIT meets the other kind of buffer before it compiles who uses buffers. Met later, it invalidates that code,
 * and callees that were compiled meanwhile are too large to be inlined into the next version.
 */
public final class SampleRate {

    /** No samples. */
    public static final SampleRate NONE = new SampleRate(0);

    private static final int DOUBLINGS = Integer.SIZE - 2;

    private final int distance;
    private final AtomicInteger drawn = new AtomicInteger();

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
        return isAny() && ThreadLocalRandom.current().nextInt(distance) == 0;
    }

    /** Draws the number of acquires at which the next sample is due, the first one after this many. */
    long nextAfter(long acquires) {
        return isAny() ? acquires + ThreadLocalRandom.current().nextLong(1, 2L * currentDistance())
                : Long.MAX_VALUE;
    }

    private int currentDistance() {
        int before = drawn.get();
        if (before < DOUBLINGS) {
            drawn.set(before + 1); // racy: one more or less
        }
        return Math.min(distance, 1 << before);
    }
}
