/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.checked.Withheld;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.ThreadCache;
import io.magpool.impl.slab.SizeClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Walks a pool and counts what it finds. */
record Census(
        String poolName,
        String memory,
        boolean canPurge,
        String barrier,
        int arenas,
        int threadCaches,
        long maxBytes,
        long reservedBytes,
        long chargedBytes,
        long largeBytes,
        long cachedLargeBytes,
        long largeQuarantinedBytes,
        long largeLostBytes,
        long acquires,
        long releases,
        long exchanges,
        long steals,
        long refills,
        long carves,
        long refusals,
        long waits,
        int waiting,
        long trims,
        long trimmedBytes,
        List<SizeClassStatistics> sizeClasses)
        implements PoolStatistics {

    /** One size class, counted in chunks. */
    record OfClass(
            int chunkBytes,
            int magazineCapacity,
            long carved,
            long acquired,
            long quarantined,
            long lost,
            long cachedInThreads,
            long cachedInDepots,
            long free,
            long purged)
            implements SizeClassStatistics {}

    static Census take(MagazinePool pool) {
        Arenas arenas = pool.arenas();
        CacheRegistry caches = pool.caches();
        Withheld withheld = pool.withheld();
        return new Census(
                pool.name(),
                pool.platform().memory().name(),
                pool.platform().memory().canPurge(),
                pool.config().guard() == PoolConfig.GuardMode.FENCED
                        ? "fence"
                        : pool.platform().barrier().name(),
                arenas.count(),
                caches.threadCaches(),
                pool.charge().limit(),
                arenas.reservedBytes() + pool.large().reservedBytes(),
                pool.charge().charged(),
                pool.large().bytes() - withheld.quarantined().largeBytes() - withheld.lost().largeBytes(),
                pool.large().cachedBytes(),
                withheld.quarantined().largeBytes(),
                withheld.lost().largeBytes(),
                caches.acquires() + pool.supply().acquires() + pool.large().acquires(),
                caches.releases() + pool.supply().releases() + pool.large().releases()
                        + withheld.quarantined().buffers(),
                caches.exchanges(),
                arenas.steals(),
                arenas.refills(),
                arenas.carves(),
                pool.limit().refusals(),
                pool.waiters().waits(),
                pool.waiters().waiting(),
                pool.trimmer().trims(),
                pool.trimmer().trimmedBytes(),
                countClasses(arenas, caches.caches(), withheld));
    }

    private static List<SizeClassStatistics> countClasses(Arenas arenas, List<ThreadCache> caches, Withheld withheld) {
        long[] carved = new long[SizeClasses.COUNT];
        long[] free = new long[SizeClasses.COUNT];
        long[] purged = new long[SizeClasses.COUNT];
        arenas.forEachSlab(slab -> {
            carved[slab.sizeClass()] += slab.count();
            free[slab.sizeClass()] += slab.countFree(true);
            purged[slab.sizeClass()] += slab.countFree(false);
        });
        List<SizeClassStatistics> classes = new ArrayList<>();
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            int sizeClass = i;
            long inThreads = caches.stream().mapToLong(cache -> cache.cached(sizeClass)).sum();
            long inDepots = arenas.cached(i);
            long quarantined = withheld.quarantined().chunks(i);
            long lost = withheld.lost().chunks(i);
            long used = carved[i] - free[i] - purged[i] - inThreads - inDepots;
            long acquired = Math.max(0, used - quarantined - lost);
            classes.add(new OfClass(
                    SizeClasses.bytes(i),
                    arenas.layout().magazineCapacity(i),
                    carved[i],
                    acquired,
                    quarantined,
                    lost,
                    inThreads,
                    inDepots,
                    free[i],
                    purged[i]));
        }
        return List.copyOf(classes);
    }

    private long bytes(ToLongFunction<SizeClassStatistics> chunks) {
        return sizeClasses.stream().mapToLong(c -> chunks.applyAsLong(c) * c.chunkBytes()).sum();
    }

    @Override
    public long acquiredBytes() {
        return largeBytes + bytes(SizeClassStatistics::acquired);
    }

    @Override
    public long quarantinedBytes() {
        return largeQuarantinedBytes + bytes(SizeClassStatistics::quarantined);
    }

    @Override
    public long lostBytes() {
        return largeLostBytes + bytes(SizeClassStatistics::lost);
    }

    @Override
    public long cachedInThreadsBytes() {
        return bytes(SizeClassStatistics::cachedInThreads);
    }

    @Override
    public long cachedInDepotsBytes() {
        return bytes(SizeClassStatistics::cachedInDepots);
    }

    @Override
    public long freeBytes() {
        return bytes(SizeClassStatistics::free);
    }

    @Override
    public long purgedBytes() {
        return bytes(SizeClassStatistics::purged);
    }

    @Override
    public long carvedBytes() {
        return bytes(SizeClassStatistics::carved);
    }
}
