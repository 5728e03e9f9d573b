/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

/**
 * The sizes of chunks: multiples of a quantum of 64 bytes up to 256, then four steps for each doubling, up to 1 MiB. At
 * most 20 % of a chunk is wasted above 256 bytes. The scheme is that of jemalloc (Evans 2006, and its later size classes).
 */
public final class SizeClasses {

    /** The smallest chunk and the alignment of all, in bytes. */
    public static final int QUANTUM = 64;

    /** The largest chunk, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    /** How many size classes there are. */
    public static final int COUNT = 52;

    private static final int QUANTUM_SHIFT = 6;
    private static final int LINEAR = 4; // classes 64, 128, 192, 256
    private static final int LINEAR_BITS = 8;
    private static final int BITS_OF_STEPS = Integer.SIZE - 3; // less the leading zeros: a doubling for each bit beyond 4 to 7

    private SizeClasses() {}

    /**
     * Finds the smallest class whose chunks are large enough. Without a branch: programs mix sizes on both sides of the
     * place where the steps begin to double, and no processor predicts which comes next.
     *
     * @param bytes 0 to {@link #MAX_BYTES}
     * @return the index of the class
     */
    public static int indexFor(int bytes) {
        int before = bytes + (-bytes >> 31); // the last byte; of none 0. Math.max(bytes - 1, 0) keeps a 0 in a register for it
        int quanta = before >>> QUANTUM_SHIFT;
        int doublings = BITS_OF_STEPS - Integer.numberOfLeadingZeros(quanta | LINEAR);
        return LINEAR * doublings + (quanta >>> doublings);
    }

    /**
     * Returns the size of a class's chunks.
     *
     * @param index of the class
     * @return bytes
     */
    public static int bytes(int index) {
        if (index < LINEAR) {
            return (index + 1) * QUANTUM;
        }
        int doubling = LINEAR_BITS + index / LINEAR - 1;
        return ((index % LINEAR + 1) << (doubling - 2)) + (1 << doubling);
    }

    /**
     * Finds the smallest class whose chunks are large enough and lie at multiples of an alignment in an aligned slab.
     *
     * @param bytes 0 to {@link #MAX_BYTES}
     * @param alignment a power of two
     * @return the index of the class, or {@link #COUNT} if there is none
     */
    public static int indexFor(int bytes, long alignment) {
        int index = indexFor(bytes);
        while (index < COUNT && (bytes(index) & (alignment - 1)) != 0) {
            index++;
        }
        return index;
    }
}
