/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.Regions;
import io.magpool.impl.slab.Slab;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The table of handles grows while somebody looks one up: the owner of a chunk finds its handle, whether that was there before or
 * came with the row that made the table grow. A number is told by a volatile write, as a slab's bits or a depot's head tell it.
 */
public final class ChunkTableStress {

    private static final int FULL = 16; // rows of a new table's array
    private static final Slab[] SLABS = carve(); // a table asks them for number and count alone
    private static final int OLD = ChunkNumber.of(SLABS[3].number(), 1);
    private static final int FRESH = ChunkNumber.of(SLABS[FULL].number(), 1);
    private static final Chunk OLD_CHUNK = chunk(OLD);
    private static final Chunk FRESH_CHUNK = chunk(FRESH);

    private ChunkTableStress() {}

    private static Slab[] carve() {
        Memory memory = Platform.choose(MemoryKind.PORTABLE, Storage.HEAP, (int) Slab.BYTES).memory();
        Regions regions = new Regions(memory, 64 * Slab.BYTES);
        Slab[] slabs = new Slab[FULL + 1];
        for (int i = 0; i <= FULL; i++) {
            Slab slab = Slab.carve(regions, memory, 0, 0);
            slabs[slab.number()] = slab;
        }
        return slabs;
    }

    @SuppressWarnings("NullAway") // nobody asks for the owner
    private static Chunk chunk(int number) {
        return new Chunk(number, 0, null);
    }

    /** Results: an old handle, and the new one if its number was seen: 1 found, 0 not told yet, -1 not found. */
    @Outcome(id = "1, [01]", expect = Expect.ACCEPTABLE, desc = "the handle of a chunk that one holds is found")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the handle of a chunk that one holds is not found")
    private static final class Found {}

    /** As it is. */
    @JCStressTest
    @JCStressMeta(Found.class)
    @State
    public static class Grows {

        private final ChunkTable table = new ChunkTable();
        private volatile int told;

        /** Begins full. */
        public Grows() {
            for (int i = 0; i < FULL; i++) {
                table.carved(SLABS[i]);
            }
            table.put(OLD, OLD_CHUNK);
        }

        /** Cuts a slab, and hands a chunk of it out. */
        @Actor
        public void writer() {
            table.carved(SLABS[FULL]);
            table.put(FRESH, FRESH_CHUNK);
            told = FRESH;
        }

        /** Looks up. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = table.get(OLD) == OLD_CHUNK ? 1 : -1;
            int number = told;
            r.r2 = number == 0 ? 0 : table.get(number) == FRESH_CHUNK ? 1 : -1;
        }
    }

    /** The broken twin: the rows are published before they are copied, which is what a missing fence allows. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "what is known is found")
    @Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "an old row is not found")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenPublishedTooEarly {

        private Chunk[][] rows = new Chunk[FULL][];

        /** Begins full. */
        public BrokenPublishedTooEarly() {
            Arrays.setAll(rows, row -> new Chunk[]{OLD_CHUNK});
        }

        /** Grows. */
        @Actor
        public void writer() {
            Chunk[][] old = rows;
            Chunk[][] grown = new Chunk[2 * FULL][];
            rows = grown;
            System.arraycopy(old, 0, grown, 0, FULL);
        }

        /** Looks up. */
        @Actor
        public void reader(II_Result r) {
            Chunk[] row = rows[3];
            r.r1 = row != null && row[0] == OLD_CHUNK ? 1 : -1;
        }
    }
}
