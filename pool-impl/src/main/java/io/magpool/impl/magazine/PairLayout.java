/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;

/**
 * Where a thread cache keeps the pair of magazines of each size class: one array for all, first a {@linkplain PairHead head} and a
 * ceiling for each class, then their rounds, the loaded and the previous magazine of a class back to back.
 *
 * <pre>{@code
 * | pad | head head ... head | ceiling ceiling ... | ground round round ... | ground round round ... | ... | pad |
 *         of class 0, 1, ...   of class 0, 1, ...    of class 0               of class 1
 * }</pre>
 *
 * <p>Heads stand side by side, so a class is all that it takes to find one, and those of all sizes that a program uses share few
 * cache lines. The ground is the word below a pair's lowest round: {@link ChunkNumber#NONE} for ever, which is what an acquire finds
 * on top of no rounds. The ceiling is the highest top there may be: the ground where a pair is not in use, so that its first
 * operation finds it empty and full, and goes to an exchange, where the owner looks at its budget.
 *
 * <p>Rounds take twice the memory that a chunk's number needs, by default 13 KiB more for each cache. With rounds in an array of ints
 * beside the heads, which is a further reference to load, a pair at the pool's own interface took 0.8 ns more after bursts.
 *
 * <p>The pads keep an array's neighbours in the heap, which may be another thread's, off its cache lines.
 */
public final class PairLayout {

    static final int PAD = 16; // longs, 128 bytes

    private final int[] grounds = new int[SizeClasses.COUNT];
    private final int[] capacities;
    private final int length;

    /**
     * Lays out pairs.
     *
     * @param capacities how many rounds a magazine of each size class takes
     */
    public PairLayout(int[] capacities) {
        this.capacities = capacities.clone();
        int at = PAD + 2 * SizeClasses.COUNT;
        for (int i = 0; i < grounds.length; i++) {
            grounds[i] = at;
            at += 1 + 2 * capacities[i];
        }
        this.length = at + PAD;
    }

    /** Where the head of a class is in the array. */
    static int headAt(int sizeClass) {
        return PAD + sizeClass;
    }

    /** Where the ceiling of a class is in the array. */
    static int ceilingAt(int sizeClass) {
        return PAD + SizeClasses.COUNT + sizeClass;
    }

    /** What the top of a class is where it has no rounds. */
    int ground(int sizeClass) {
        return grounds[sizeClass];
    }

    /** What the top of a class is where both magazines are full. */
    int fullTop(int sizeClass) {
        return grounds[sizeClass] + 2 * capacities[sizeClass];
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

    long[] newPairs() {
        long[] pairs = new long[length];
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            pairs[headAt(sizeClass)] = PairHead.unused(ground(sizeClass));
            pairs[ceilingAt(sizeClass)] = ground(sizeClass);
            pairs[ground(sizeClass)] = ChunkNumber.NONE;
        }
        return pairs;
    }
}
