/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How often an acquisition is a sample. The distance from one to the next is drawn at random, so that a program which acquires
 * in a rhythm does not always have the same of its acquisitions picked.
 *
 * @param distance of how many acquisitions one is a sample, on average; 0: none is
 */
public record SampleRate(int distance) {

    /** No samples. */
    public static final SampleRate NONE = new SampleRate(0);

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
        return isAny() ? acquires + ThreadLocalRandom.current().nextLong(1, 2L * distance) : Long.MAX_VALUE;
    }
}
