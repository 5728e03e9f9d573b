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

/** Walks a pool and counts what it finds; and adds up what was found in several. */
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
        long setAsideBytes,
        long largeBytes,
        long cachedLargeBytes,
        long largeQuarantinedBytes,
        long largeLostBytes,
        Counts counts,
        int waiting,
        List<SizeClassStatistics> sizeClasses,
        List<PoolStatistics> children)
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
            implements SizeClassStatistics {

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
                        a.purged() + b.purged()));
            }
            return List.copyOf(sums);
        }
    }

    /** Counts a pool without its children. */
    static Census of(MagazinePool pool) {
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
                arenas.slabBytes() + pool.large().reservedBytes(),
                pool.charge().charged(),
                pool.charge().setAside(),
                pool.large().bytes() - withheld.quarantined().largeBytes() - withheld.lost().largeBytes(),
                pool.large().cachedBytes(),
                withheld.quarantined().largeBytes(),
                withheld.lost().largeBytes(),
                Counts.of(pool),
                pool.waiters().waiting(),
                countClasses(arenas, caches.caches(), withheld),
                List.of());
    }

    /** The same with what closed children counted, and with address space that no slab has. */
    Census with(Counts gone, long idleRegionBytes) {
        return new Census(
                poolName,
                memory,
                canPurge,
                barrier,
                arenas,
                threadCaches,
                maxBytes,
                reservedBytes + idleRegionBytes,
                chargedBytes,
                setAsideBytes,
                largeBytes,
                cachedLargeBytes,
                largeQuarantinedBytes,
                largeLostBytes,
                counts.plus(gone),
                waiting,
                sizeClasses,
                children);
    }

    /** The sum of a parent and its children. */
    Census plus(List<Census> others) {
        Census sum = this;
        for (Census other : others) {
            sum = new Census(
                    poolName,
                    memory,
                    canPurge,
                    barrier,
                    sum.arenas + other.arenas,
                    sum.threadCaches + other.threadCaches,
                    maxBytes,
                    sum.reservedBytes + other.reservedBytes,
                    sum.chargedBytes + other.chargedBytes,
                    sum.setAsideBytes + other.setAsideBytes,
                    sum.largeBytes + other.largeBytes,
                    sum.cachedLargeBytes + other.cachedLargeBytes,
                    sum.largeQuarantinedBytes + other.largeQuarantinedBytes,
                    sum.largeLostBytes + other.largeLostBytes,
                    sum.counts.plus(other.counts),
                    sum.waiting + other.waiting,
                    OfClass.sums(sum.sizeClasses, other.sizeClasses),
                    List.copyOf(others));
        }
        return sum;
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

    @Override
    public long acquires() {
        return counts.acquires();
    }

    @Override
    public long releases() {
        return counts.releases();
    }

    @Override
    public long exchanges() {
        return counts.exchanges();
    }

    @Override
    public long steals() {
        return counts.steals();
    }

    @Override
    public long refills() {
        return counts.refills();
    }

    @Override
    public long carves() {
        return counts.carves();
    }

    @Override
    public long refusals() {
        return counts.refusals();
    }

    @Override
    public long waits() {
        return counts.waits();
    }

    @Override
    public long trims() {
        return counts.trims();
    }

    @Override
    public long trimmedBytes() {
        return counts.trimmedBytes();
    }
}
