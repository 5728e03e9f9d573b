/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Which chunks of a slab are free: a bit each.
 *
 * <p>Anyone sets bits, by an atomic OR; only the hand clears them, by an atomic AND. So a bit that the hand has seen set
 * stays set until the hand clears it. Both are volatile: what an owner wrote into a chunk happens before its bit is set,
 * and so before the next owner gets it. A chunk whose bit is set is nowhere else (invariant 1): who sets it has let go of the
 * chunk, and who clears it takes it.
 *
 * <p>Also used for another set, of unused chunks, in which each bit is its chunk's holder's to change.
 */
final class FreeBits {

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;
    private final int count;

    /** All free. */
    FreeBits(int count) {
        this.count = count;
        this.words = new long[(count + 63) >>> 6];
        for (int i = 0; i < words.length; i++) {
            words[i] = full(i);
        }
    }

    private long full(int word) {
        int bits = Math.min(64, count - (word << 6));
        return -1L >>> (64 - bits);
    }

    int words() {
        return words.length;
    }

    long word(int index) {
        return (long) WORD.getVolatile(words, index);
    }

    /** Sets bits, by anyone who holds these chunks. */
    void set(int word, long bits) {
        WORD.getAndBitwiseOr(words, word, bits);
    }

    /** Clears bits, by the hand alone, which has seen them set. */
    void clear(int word, long bits) {
        WORD.getAndBitwiseAnd(words, word, ~bits);
    }

    boolean anySet() {
        for (int i = 0; i < words.length; i++) {
            if (word(i) != 0) {
                return true;
            }
        }
        return false;
    }

    boolean allSet() {
        for (int i = 0; i < words.length; i++) {
            if (word(i) != full(i)) {
                return false;
            }
        }
        return true;
    }
}
