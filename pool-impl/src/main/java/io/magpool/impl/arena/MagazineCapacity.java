/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.slab.SizeClasses;

/** How many rounds a magazine has: bounded in bytes first, then in number. Pure arithmetic. */
final class MagazineCapacity {

    private static final int MAX_ROUNDS = 64; // what a slab gives with one word of its free bits

    private MagazineCapacity() {}

    static int of(int sizeClass, long magazineBytes) {
        return Math.clamp(magazineBytes / SizeClasses.bytes(sizeClass), 1, MAX_ROUNDS);
    }
}
