/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import io.magpool.impl.slab.SlabListener;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds a chunk's handle by its number: a row for each slab.
 *
 * <p>A row is written, under the lock, before any chunk of its slab is handed out; an entry is written by the chunk's first
 * owner. Readers hold nothing: they know a number only through the happens-before edges by which chunks change hands. A
 * slab's row goes with it, and a chunk's handle with its pages, or when it goes home unwanted. The slab remembers whether a
 * chunk without a handle has been used (invariant 4).
 */
final class ChunkTable implements SlabListener {

    private final @Nullable Chunk[] none = new Chunk[0];

    private @Nullable Chunk[][] rows = new Chunk[16][];

    @Override
    public synchronized void carved(Slab slab) {
        int index = slab.number();
        if (index >= rows.length) {
            @Nullable Chunk[][] grown = Arrays.copyOf(rows, Math.max(index + 1, rows.length * 2));
            VarHandle.releaseFence(); // whoever sees the array sees its old entries
            rows = grown;
        }
        rows[index] = new Chunk[slab.count()];
    }

    @Override
    public void purged(Slab slab, int place) {
        rows[slab.number()][place] = null;
    }

    @Override
    public boolean forget(Slab slab, int place) {
        Chunk[] row = rows[slab.number()];
        if (row[place] == null) {
            return false;
        }
        row[place] = null;
        return true;
    }

    @Override
    public synchronized Runnable retired(Slab slab) {
        int index = slab.number();
        @Nullable Chunk[] row = rows[index];
        Runnable goesOn = () -> restore(index, row);
        rows[index] = none;
        return goesOn;
    }

    private synchronized void restore(int index, @Nullable Chunk[] row) {
        rows[index] = row;
    }

    @Nullable Chunk get(int number) {
        return rows[ChunkNumber.slab(number)][ChunkNumber.place(number)];
    }

    void put(int number, Chunk chunk) {
        rows[ChunkNumber.slab(number)][ChunkNumber.place(number)] = chunk;
    }

    /** For a look, by anyone: null where there is no handle, or the slab is gone. */
    @Nullable Chunk find(int slab, int place) {
        @Nullable Chunk[][] seen = rows;
        @Nullable Chunk[] row = slab < seen.length ? seen[slab] : null;
        return row != null && place < row.length ? row[place] : null;
    }

    /**
     * Adds up the sizes that chunks were acquired with, by size class. Racy: exact while nobody acquires or releases.
     *
     * @return bytes, quarantined and lost ones included
     */
    long[] asked() {
        long[] sums = new long[SizeClasses.COUNT];
        for (@Nullable Chunk[] row : rows) {
            for (int place = 0; row != null && place < row.length; place++) {
                Chunk chunk = row[place];
                if (chunk != null) {
                    sums[chunk.sizeClass()] += chunk.askedBytes();
                }
            }
        }
        return sums;
    }
}
