/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.Slab;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds a chunk's handle by its number: a row for each slab.
 *
 * <p>A row is written, under the lock, before any chunk of its slab is handed out; an entry is written by the chunk's first
 * owner. Readers hold nothing: they know a number only through the happens-before edges by which chunks change hands. A
 * slab that is carved anew gets a new row, and with it the old handles go.
 */
final class ChunkTable {

    private @Nullable Chunk[][] rows = new Chunk[16][];

    synchronized void addRow(Slab slab) {
        int index = slab.number();
        if (index >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(index + 1, rows.length * 2));
        }
        rows[index] = new Chunk[slab.count()];
    }

    @Nullable Chunk get(int number) {
        return rows[ChunkNumber.slab(number)][ChunkNumber.place(number)];
    }

    void put(int number, Chunk chunk) {
        rows[ChunkNumber.slab(number)][ChunkNumber.place(number)] = chunk;
    }
}
