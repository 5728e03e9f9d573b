/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.Numbered;
import io.magpool.impl.slab.ChunkNumber;
import java.util.function.IntConsumer;

/**
 * A bounded stack of chunk numbers of one size class.
 *
 * <p>A magazine is in exactly one place (invariant 2) and only who holds that place touches its rounds, so all accesses
 * are plain. Count and rounds share one array, with a pad on both sides: an array's neighbours in the heap may be
 * anybody's. The capacity is the magazine's own and read from nowhere else.
 */
public final class Magazine extends Numbered {

    /** Stands in the table for magazines that are no more, where an overtaken pop may still look. */
    static final Magazine VACANT = new Magazine(0, 0);

    private static final int PAD = 32; // ints, 128 bytes
    private static final int COUNT = PAD;
    private static final int FIRST = PAD + 1;

    private final int capacity;
    private final int[] rounds;

    /**
     * Builds an empty magazine.
     *
     * @param number its own, in the pool's table of magazines
     * @param capacity how many rounds it takes
     */
    public Magazine(int number, int capacity) {
        super(number);
        this.capacity = capacity;
        this.rounds = new int[FIRST + capacity + PAD];
    }

    /**
     * Takes the top round.
     *
     * @return a chunk's number, or {@link ChunkNumber#NONE} if the magazine is empty
     */
    public int pop() {
        int[] own = rounds;
        int count = own[COUNT];
        if (count == 0) {
            return ChunkNumber.NONE;
        }
        int number = own[COUNT + count];
        own[COUNT] = count - 1;
        return number;
    }

    /**
     * Puts a round on top.
     *
     * @param number a chunk's number
     * @return false if the magazine is full
     */
    public boolean push(int number) {
        int[] own = rounds;
        int count = own[COUNT];
        if (count == capacity) {
            return false;
        }
        own[FIRST + count] = number;
        own[COUNT] = count + 1;
        return true;
    }

    /** Moves rounds out, at most so many. Calls nothing, so that a StackOverflowError comes before it or not at all. */
    int moveTo(long[] target, int at, int most) {
        int[] own = rounds;
        int left = own[COUNT];
        int moved = 0;
        while (moved < most && left != 0) {
            target[at + moved] = own[COUNT + left];
            left--;
            moved++;
        }
        own[COUNT] = left;
        return moved;
    }

    /** Moves rounds in, at most so many. Calls nothing, like {@link #moveTo}. */
    int moveFrom(long[] source, int at, int most) {
        int[] own = rounds;
        int count = own[COUNT];
        int moved = 0;
        while (moved < most && count != capacity) {
            own[FIRST + count] = (int) source[at + moved];
            count++;
            moved++;
        }
        own[COUNT] = count;
        return moved;
    }

    /**
     * Returns how many rounds there are.
     *
     * @return exact for the holder, else a recent figure
     */
    public int count() {
        return rounds[COUNT];
    }

    /**
     * Returns how many rounds there can be.
     *
     * @return the capacity
     */
    public int capacity() {
        return capacity;
    }

    /** For a look, by anyone: racy, and exact while nobody holds the magazine. */
    void forEachRound(IntConsumer visitor) {
        int seen = Math.min(count(), capacity);
        for (int i = 0; i < seen; i++) {
            visitor.accept(rounds[FIRST + i]);
        }
    }

    /**
     * Tells whether a pop would fail.
     *
     * @return true if there are no rounds
     */
    public boolean isEmpty() {
        return count() == 0;
    }
}
