/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One slab in the picture of a pool.
 *
 * @param number of the slab
 * @param arena whose it is
 * @param chunkBytes the size of its chunks
 * @param chunks where each of them is
 * @param charged a bit for each page, or null where memory has no pages
 * @param resident a bit for each page, or null where this cannot be told
 */
public record SlabPicture(
        int number,
        int arena,
        int chunkBytes,
        List<Whereabouts> chunks,
        @Nullable BitSet charged,
        @Nullable BitSet resident) {

    /** How many pages a slab has. */
    public static final int PAGES = 512;

    /** The chunks as letters with counts: a3p12 is three acquired ones and twelve purged ones. */
    String chunkRuns() {
        return RunLengths.of(chunks.size(), place -> chunks.get(place).code());
    }

    /** The pages likewise: r charged and resident, c charged alone, x resident alone, u charged and who knows, n none of it. */
    String pageRuns() {
        return charged == null ? "" : RunLengths.of(PAGES, page -> pageCode(charged, page));
    }

    private char pageCode(BitSet isCharged, int page) {
        if (resident == null) {
            return isCharged.get(page) ? 'u' : 'n';
        }
        if (isCharged.get(page)) {
            return resident.get(page) ? 'r' : 'c';
        }
        return resident.get(page) ? 'x' : 'n';
    }
}
