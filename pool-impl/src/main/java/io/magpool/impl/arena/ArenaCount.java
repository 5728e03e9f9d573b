/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.slab.SizeClasses;

/**
 * How many arenas a pool has that was not told: one for each core, but fewer where the limit is small. Each arena may come to
 * hold a little of each size class, and what one arena holds is out of another's reach until the limit is met. Pure
 * arithmetic.
 */
public final class ArenaCount {

    private static final long PAGED = 16L << 20; // one magazine and one chunk of each class, about

    private ArenaCount() {}

    /**
     * Chooses.
     *
     * @param cores how many cores the process may use
     * @param maxBytes the pool's limit
     * @param grain what memory is charged by, in bytes: a page, or a slab where it comes and goes whole
     * @return 1 or more
     */
    public static int choose(int cores, long maxBytes, long grain) {
        long least = Math.max(PAGED, grain * SizeClasses.COUNT);
        return Math.clamp(maxBytes / least, 1, cores);
    }
}
