/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

/**
 * A chunk's number: the number of its slab in the upper bits, its place in the slab in the lower. An {@code int} instead of
 * a reference, since magazines are old objects and storing references into old objects is dear (a fence in G1's barrier).
 */
public final class ChunkNumber {

    /** No chunk. */
    public static final int NONE = -1;

    /** How many slabs can be numbered. */
    public static final int MAX_SLABS = 1 << 16;

    private static final int PLACE_BITS = 15;
    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

    private ChunkNumber() {}

    /**
     * Composes a number.
     *
     * @param slab the number of the slab
     * @param place the index of the chunk in its slab
     * @return the number, not negative
     */
    public static int of(int slab, int place) {
        return (slab << PLACE_BITS) | place;
    }

    /**
     * Returns the number of the chunk's slab.
     *
     * @param number a chunk's number
     * @return the slab's
     */
    public static int slab(int number) {
        return number >>> PLACE_BITS;
    }

    /**
     * Returns the index of the chunk in its slab.
     *
     * @param number a chunk's number
     * @return its place
     */
    public static int place(int number) {
        return number & PLACE_MASK;
    }
}
