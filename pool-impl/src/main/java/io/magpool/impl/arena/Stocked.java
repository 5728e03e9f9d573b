/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.concurrent.PaddedLong;

/**
 * Which arenas have magazines with rounds of one size class: a bit for each, so that whoever looks for a helpful neighbour
 * need not ask all. A hint, set after a magazine was put and cleared when a depot was found empty; a bit that is missing or
 * stale costs a detour, and at the limit the slabs and the emptying of all depots find what the hint does not tell of. With
 * more than 64 arenas several share a bit.
 */
final class Stocked {

    private final PaddedLong bits = new PaddedLong();

    void add(int arena) {
        long seen = bits.get();
        if ((seen & bit(arena)) == 0) {
            bits.or(bit(arena));
        }
    }

    void remove(int arena) {
        bits.and(~bit(arena));
    }

    boolean mayContain(int arena) {
        return (bits.get() & bit(arena)) != 0;
    }

    private static long bit(int arena) {
        return 1L << arena;
    }
}
