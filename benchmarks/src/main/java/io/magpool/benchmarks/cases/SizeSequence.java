/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import java.util.Random;

/**
 * Sizes to ask for, one after the other, over and over: read from a shuffled array, so that neither the compiler nor a
 * branch predictor can learn them, and drawing one costs a load. For one thread.
 */
public final class SizeSequence {

    private static final int LENGTH = 1 << 12;
    private static final long SEED = 20_010_625;

    private final int[] sizes;
    private int drawn;

    private SizeSequence(int[] sizes) {
        shuffle(sizes);
        this.sizes = sizes;
    }

    /**
     * Returns recorded sizes.
     *
     * @return a sequence from its start
     */
    public static SizeSequence recorded() {
        return new SizeSequence(SizeDistribution.recorded().sample(LENGTH));
    }

    /**
     * One size and what is up to an eighth smaller: each allocator here has one size class for all of these, where it has
     * any.
     *
     * @param largest bytes, a power of two
     */
    static SizeSequence upTo(int largest) {
        int[] sizes = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            sizes[i] = largest - (int) ((long) largest / 8 * i / LENGTH);
        }
        return new SizeSequence(sizes);
    }

    private static void shuffle(int[] sizes) {
        Random random = new Random(SEED);
        for (int i = sizes.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int size = sizes[i];
            sizes[i] = sizes[other];
            sizes[other] = size;
        }
    }

    /**
     * Draws.
     *
     * @return bytes
     */
    public int next() {
        return sizes[drawn++ & (LENGTH - 1)];
    }
}
