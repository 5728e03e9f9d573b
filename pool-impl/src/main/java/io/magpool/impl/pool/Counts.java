/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.arena.ShelfCount;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.slab.SizeClasses;

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
        CacheRegistry caches = pool.caches();
        Supply supply = pool.supply();
        long acquires = pool.large().acquires();
        long releases = pool.large().releases() + pool.withheld().quarantined().buffers();
        long exchanges = 0;
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            acquires += caches.acquires(sizeClass) + supply.acquires(sizeClass);
            releases += caches.releases(sizeClass) + supply.releases(sizeClass);
            exchanges += caches.exchanges(sizeClass);
        }
        ShelfCount shelves = ShelfCount.ofAll(pool.arenas());
        return new Counts(
                acquires,
                releases,
                exchanges,
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
