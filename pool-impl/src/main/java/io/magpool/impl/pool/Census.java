/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.ArenaStatistics;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.checked.Withheld;
import io.magpool.impl.magazine.CacheRegistry;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

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
        long backedBytes,
        OptionalLong residentBytes,
        long largeBytes,
        long cachedLargeBytes,
        long largeQuarantinedBytes,
        long largeLostBytes,
        long largeAskedBytes,
        Counts counts,
        int waiting,
        List<SizeClassStatistics> sizeClasses,
        List<ArenaStatistics> byArena,
        List<PoolStatistics> children)
        implements PoolStatistics {

    /**
     * Counts a pool without its children.
     *
     * @param all true also for what takes more and a refusal need not tell: a look at each handle, and system calls
     */
    static Census of(MagazinePool pool, boolean all) {
        return of(pool, all ? Measured.of(pool) : Measured.NOT);
    }

    /** The same with what was measured just before. Reads memory only: no system call. */
    static Census of(MagazinePool pool, Measured measured) {
        Arenas arenas = pool.arenas();
        CacheRegistry caches = pool.caches();
        Withheld withheld = pool.withheld();
        SlabWalk walk = SlabWalk.over(arenas);
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
                walk.backedBytes(),
                measured.residentBytes(),
                pool.large().bytes() - withheld.quarantined().largeBytes() - withheld.lost().largeBytes(),
                pool.large().cachedBytes(),
                withheld.quarantined().largeBytes(),
                withheld.lost().largeBytes(),
                Math.max(
                        0,
                        pool.large().askedBytes() - withheld.quarantined().largeAsked()
                                - withheld.lost().largeAsked()),
                Counts.of(pool),
                pool.waiters().waiting(),
                walk.classes(pool, measured.asked()),
                walk.arenas(),
                List.of());
    }

    /** The same with what closed children counted, and with address space that no slab has. */
    Census with(Gone gone, long idleRegionBytes) {
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
                backedBytes,
                residentBytes,
                largeBytes,
                cachedLargeBytes,
                largeQuarantinedBytes,
                largeLostBytes,
                largeAskedBytes,
                counts.plus(gone.counts()),
                waiting,
                gone.addedTo(sizeClasses),
                byArena,
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
                    sum.backedBytes + other.backedBytes,
                    sum(sum.residentBytes, other.residentBytes),
                    sum.largeBytes + other.largeBytes,
                    sum.cachedLargeBytes + other.cachedLargeBytes,
                    sum.largeQuarantinedBytes + other.largeQuarantinedBytes,
                    sum.largeLostBytes + other.largeLostBytes,
                    sum.largeAskedBytes + other.largeAskedBytes,
                    sum.counts.plus(other.counts),
                    sum.waiting + other.waiting,
                    SlabWalk.sums(sum.sizeClasses, other.sizeClasses),
                    Stream.concat(sum.byArena.stream(), other.byArena.stream()).toList(),
                    List.copyOf(others));
        }
        return sum;
    }

    private static OptionalLong sum(OptionalLong some, OptionalLong others) {
        return some.isEmpty() || others.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(some.getAsLong() + others.getAsLong());
    }

    @Override
    public long askedBytes() {
        return largeAskedBytes + sizeClasses.stream().mapToLong(SizeClassStatistics::askedBytes).sum();
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
