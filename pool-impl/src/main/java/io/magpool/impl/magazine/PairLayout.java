/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.SizeClasses;

/**
 * Where a thread cache keeps the pair of magazines of each size class: one array for all, the loaded and the previous
 * magazine of a class back to back in it.
 *
 * <pre>{@code
 * | pad | left capacity count round round ... | left capacity count round ... | ... | pad |
 *                       ^ slot of class 0                     ^ slot of class 1
 * }</pre>
 *
 * {@code left} counts down how many acquires are left until the owner has to look whether one is a sample ({@link PairCounters}).
 *
 * <p>A capacity of 0 is that of a pair not in use: the first operation finds it empty and full, and goes to an exchange, where
 * the owner looks at its budget.
 *
 * <p>The pads keep an array's neighbours in the heap, which may be another thread's, off its cache lines.
 */
public final class PairLayout {

    static final int PAD = 32; // ints, 128 bytes

    /** From a pair's slot to how many rounds both magazines take. */
    static final int CAPACITY = -1;
    /** From a pair's slot to how many acquires are left. */
    static final int LEFT = -2;
    private static final int HEADER = 3;

    private final int[] slots = new int[SizeClasses.COUNT];
    private final int[] capacities;
    private final int length;

    /**
     * Lays out pairs.
     *
     * @param capacities how many rounds a magazine of each size class takes
     */
    public PairLayout(int[] capacities) {
        this.capacities = capacities.clone();
        int at = PAD;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = at - LEFT;
            at += HEADER + 2 * capacities[i];
        }
        this.length = at + PAD;
    }

    /**
     * Returns where the pair of a class has its count.
     *
     * @param sizeClass its index
     * @return an index in the array
     */
    public int slot(int sizeClass) {
        return slots[sizeClass];
    }

    /**
     * Returns how many rounds one magazine takes.
     *
     * @param sizeClass of the rounds
     * @return its capacity
     */
    public int magazineCapacity(int sizeClass) {
        return capacities[sizeClass];
    }

    int[] newPairs() {
        return new int[length];
    }
}
