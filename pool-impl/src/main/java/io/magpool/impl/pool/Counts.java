/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.arena.ShelfCount;

/** The counters of a pool that only rise; those of a closed child live on in its parent's. */
record Counts(
        long acquires,
        long releases,
        long exchanges,
        long steals,
        long refills,
        long carves,
        long refusals,
        long waits,
        long trims,
        long trimmedBytes) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Counts of(MagazinePool pool) {
        ShelfCount shelves = ShelfCount.ofAll(pool.arenas());
        return new Counts(
                pool.caches().acquires() + pool.supply().acquires() + pool.large().acquires(),
                pool.caches().releases() + pool.supply().releases() + pool.large().releases()
                        + pool.withheld().quarantined().buffers(),
                pool.caches().exchanges(),
                shelves.steals(),
                shelves.refills(),
                shelves.carves(),
                pool.limit().refusals().sum(),
                pool.waiters().waits().sum(),
                pool.trimmable().trims(),
                pool.trimmable().trimmedBytes());
    }

    Counts plus(Counts other) {
        return new Counts(
                acquires + other.acquires,
                releases + other.releases,
                exchanges + other.exchanges,
                steals + other.steals,
                refills + other.refills,
                carves + other.carves,
                refusals + other.refusals,
                waits + other.waits,
                trims + other.trims,
                trimmedBytes + other.trimmedBytes);
    }
}
