/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.ArenaStatistics;
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.arena.ShelfCount;
import io.magpool.impl.checked.Withheld;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Walks the slabs once, and adds up what is in them by size class and by arena. */
final class SlabWalk {

    private final Arenas arenas;
    private final Sum[] byClass = new Sum[SizeClasses.COUNT];
    private final Sum[] byArena;
    private long backed;

    /** Chunks where the sum is a size class's, bytes where it is an arena's. */
    private static final class Sum {
        private int slabs;
        private long carved;
        private long free;
        private long purged;
        private long backed;
    }

    private SlabWalk(Arenas arenas) {
        this.arenas = arenas;
        this.byArena = new Sum[arenas.count()];
        Arrays.setAll(byClass, sizeClass -> new Sum());
        Arrays.setAll(byArena, arena -> new Sum());
    }

    static SlabWalk over(Arenas arenas) {
        SlabWalk walk = new SlabWalk(arenas);
        arenas.forEachSlab(walk::add);
        return walk;
    }

    private void add(Slab slab) {
        int free = slab.countFree(true);
        int purged = slab.countFree(false);
        long backedBytes = slab.backedBytes();
        backed += backedBytes;
        add(byClass[slab.sizeClass()], 1, slab.count(), free, purged, backedBytes);
        add(byArena[slab.arena()], slab.chunkBytes(), slab.count(), free, purged, backedBytes);
    }

    private static void add(Sum sum, long unit, int carved, int free, int purged, long backed) {
        sum.slabs++;
        sum.carved += carved * unit;
        sum.free += free * unit;
        sum.purged += purged * unit;
        sum.backed += backed;
    }

    long backedBytes() {
        return backed;
    }

    /**
     * Says the same by size class.
     *
     * @param asked bytes by size class, of what looks acquired to the slabs
     */
    List<SizeClassStatistics> classes(MagazinePool pool, List<Long> asked) {
        CacheRegistry caches = pool.caches();
        Withheld withheld = pool.withheld();
        List<SizeClassStatistics> classes = new ArrayList<>();
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            int sizeClass = i;
            Sum sum = byClass[i];
            ShelfCount shelves = ShelfCount.NOTHING;
            for (int arena = 0; arena < arenas.count(); arena++) {
                shelves = shelves.plus(arenas.count(arena, i));
            }
            long inThreads = caches.caches().stream().mapToLong(cache -> cache.cached(sizeClass)).sum();
            long quarantined = withheld.quarantined().chunks(i);
            long lost = withheld.lost().chunks(i);
            long used = sum.carved - sum.free - sum.purged - inThreads - shelves.cached();
            long withheldAsked = withheld.quarantined().asked(i) + withheld.lost().asked(i);
            classes.add(new OfClass(
                    SizeClasses.bytes(i),
                    arenas.layout().magazineCapacity(i),
                    sum.carved,
                    Math.max(0, used - quarantined - lost),
                    quarantined,
                    lost,
                    inThreads,
                    shelves.cached(),
                    sum.free,
                    sum.purged,
                    Math.max(0, asked.get(i) - withheldAsked),
                    caches.acquires(i) + pool.supply().acquires(i),
                    caches.releases(i) + pool.supply().releases(i) + quarantined,
                    caches.exchanges(i),
                    shelves.refills(),
                    shelves.carves(),
                    shelves.steals(),
                    pool.limit().refusals().of(i),
                    pool.waiters().waits().of(i),
                    shelves.trimmedBytes()));
        }
        return List.copyOf(classes);
    }

    List<ArenaStatistics> arenas() {
        List<ArenaStatistics> all = new ArrayList<>();
        for (int i = 0; i < byArena.length; i++) {
            Sum sum = byArena[i];
            ShelfCount shelves = ShelfCount.NOTHING;
            long inDepots = 0;
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                ShelfCount shelf = arenas.count(i, sizeClass);
                shelves = shelves.plus(shelf);
                inDepots += shelf.cached() * SizeClasses.bytes(sizeClass);
            }
            all.add(new OfArena(
                    i,
                    sum.slabs,
                    sum.carved,
                    Math.max(0, sum.carved - sum.free - sum.purged),
                    sum.free,
                    sum.purged,
                    sum.backed,
                    inDepots,
                    shelves.refills(),
                    shelves.carves(),
                    shelves.steals(),
                    shelves.trimmedBytes()));
        }
        return List.copyOf(all);
    }

    /** The magazine's capacity is the first's: that of all. */
    static List<SizeClassStatistics> sums(List<SizeClassStatistics> some, List<SizeClassStatistics> others) {
        List<SizeClassStatistics> sums = new ArrayList<>();
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            SizeClassStatistics a = some.get(i);
            SizeClassStatistics b = others.get(i);
            sums.add(new OfClass(
                    a.chunkBytes(),
                    a.magazineCapacity(),
                    a.carved() + b.carved(),
                    a.acquired() + b.acquired(),
                    a.quarantined() + b.quarantined(),
                    a.lost() + b.lost(),
                    a.cachedInThreads() + b.cachedInThreads(),
                    a.cachedInDepots() + b.cachedInDepots(),
                    a.free() + b.free(),
                    a.purged() + b.purged(),
                    a.askedBytes() + b.askedBytes(),
                    a.acquires() + b.acquires(),
                    a.releases() + b.releases(),
                    a.exchanges() + b.exchanges(),
                    a.refills() + b.refills(),
                    a.carves() + b.carves(),
                    a.steals() + b.steals(),
                    a.refusals() + b.refusals(),
                    a.waits() + b.waits(),
                    a.trimmedBytes() + b.trimmedBytes()));
        }
        return List.copyOf(sums);
    }

    private record OfClass(
            int chunkBytes,
            int magazineCapacity,
            long carved,
            long acquired,
            long quarantined,
            long lost,
            long cachedInThreads,
            long cachedInDepots,
            long free,
            long purged,
            long askedBytes,
            long acquires,
            long releases,
            long exchanges,
            long refills,
            long carves,
            long steals,
            long refusals,
            long waits,
            long trimmedBytes)
            implements SizeClassStatistics {}

    private record OfArena(
            int arena,
            int slabs,
            long carvedBytes,
            long outsideBytes,
            long freeBytes,
            long purgedBytes,
            long backedBytes,
            long cachedInDepotsBytes,
            long refills,
            long carves,
            long steals,
            long trimmedBytes)
            implements ArenaStatistics {}
}
