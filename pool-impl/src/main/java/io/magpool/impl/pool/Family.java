/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolStatistics;
import io.magpool.impl.arena.Reclaim;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Budget;
import io.magpool.impl.slab.Regions;
import io.magpool.impl.trim.Trimmer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A pool and its children: what they share, and what they do for one another.
 *
 * <p>They share the platform, the regions that slabs are cut from, the {@link Budget} behind their charges, and the trimmer. All else
 * each pool has for itself, slabs included: so a sibling's survivors pin pages that are charged to the sibling, a guarantee in
 * pages can be kept, and what a pool has can be counted, closed and given back by itself. The price is address space, up to
 * 2 MiB for each child, arena and size class; memory is charged by pages. Rejected: chunks of several children in one slab, where
 * it cannot be said whose a page is.
 *
 * <p><em>Waiting.</em> Each pool has its line, and its own limit is nobody else's affair. Whoever stands first in a line and
 * finds that it is the others who leave no room diverts the caches of them all, and tries again: from then on each release in the
 * family makes room that can be seen, and calls the first of each line, as it does within a pool. A release that found its cache open
 * was done before that try, which reclaims from all caches. How many diversions stand is counted, so that a release
 * looks at other lines only then. Between the lines no order is promised: a guarantee, not the age of a wish, is what holds
 * a child's place.
 *
 * <p>The lock orders who comes, who goes, and a walk of both the present and the sums of those who have gone. Nothing under it waits or
 * calls the system.
 */
final class Family {

    private final Budget budget;
    private final Regions regions;
    private final Trimmer trimmer;
    private final LongSupplier clock;
    private final AtomicInteger diversions = new AtomicInteger();
    private final CopyOnWriteArrayList<MagazinePool> pools = new CopyOnWriteArrayList<>(); // the parent first
    private Gone gone = Gone.NOBODY; // under the lock

    Family(Memory memory, long limit, Trimmer trimmer, LongSupplier clock) {
        this.budget = new Budget(limit);
        this.regions = new Regions(memory, limit);
        this.trimmer = trimmer;
        this.clock = clock;
    }

    Budget budget() {
        return budget;
    }

    Regions regions() {
        return regions;
    }

    Trimmer trimmer() {
        return trimmer;
    }

    /** In nanoseconds, from any origin: what the trimmer goes by. */
    LongSupplier clock() {
        return clock;
    }

    /** Counts the diversions that stand, in all pools. */
    AtomicInteger diversions() {
        return diversions;
    }

    /** Adds a pool, unless an open one has its name. */
    synchronized boolean add(MagazinePool pool) {
        if (isTaken(pool.name())) {
            return false;
        }
        trimmer.add(pool.trimmable());
        pools.add(pool);
        pool.arenas().open();
        return true;
    }

    boolean isTaken(String name) {
        return pools.stream().anyMatch(
                other -> other.name().equals(name) && !other.life().isClosed());
    }

    /**
     * Takes a closed child out when the last of its memory has come back. Whoever brings something back to a closed pool calls this
     * afterwards.
     *
     * <p>The guarantee may go only when nothing is charged, nor will be: a charge within a guarantee takes nothing from the budget, so
     * the budget must not have got it back. Slabs charge nothing once their store has ended, which refuses hands. But who acquires a
     * large buffer may have looked whether the pool is open long ago. He charges, and then looks again; who closes marks the pool
     * closed, and looks here at the charge then. All four are volatile, so one sees the other: he gives up and takes back what he
     * charged, before there is memory behind it; or the charge is seen here, and the child stays. Either way he comes by when
     * the charge has fallen.
     */
    void removeIfEmpty(MagazinePool child) {
        if (!child.isParent() && isEmpty(child) && forget(child)) {
            child.diversion().endForGood();
            child.charge().end();
        }
    }

    /** Mappings on their way between two places are in no list; but they are charged. */
    private static boolean isEmpty(MagazinePool child) {
        return child.arenas().isEnded() && child.large().isEmpty() && child.charge().charged() == 0;
    }

    /** Where the Java heap has no room, nothing has changed, and the next to come by tries again. */
    private synchronized boolean forget(MagazinePool child) {
        if (!pools.contains(child)) {
            return false;
        }
        Gone more = gone.and(Census.of(child, false));
        pools.remove(child);
        gone = more;
        return true;
    }

    MagazinePool parent() {
        return pools.getFirst();
    }

    List<MagazinePool> children() {
        List<MagazinePool> all = List.copyOf(pools);
        return all.subList(1, all.size());
    }

    List<Reclaim> othersReclaim(MagazinePool than) {
        List<Reclaim> others = new ArrayList<>();
        for (MagazinePool pool : pools) {
            if (!pool.is(than)) {
                others.add(pool.reclaim());
            }
        }
        return others;
    }

    /** After a pool made memory available, to others too: calls the first of their lines. */
    void offer(MagazinePool from, long bytes) {
        if (diversions.get() != 0) {
            for (MagazinePool pool : pools) {
                if (!pool.is(from)) {
                    pool.waiters().offer(bytes); // or ends its diversion
                }
            }
        }
    }

    /**
     * Diverts all caches for a wish that others leave no room for.
     *
     * @return true if some were not diverted before, so that another try may find more
     */
    boolean divertFor(MagazinePool pool, Wish wish) {
        boolean any = false;
        if (pools.size() > 1 && pool.charge().isShortByOthers(wish.charge())) {
            for (MagazinePool other : pools) {
                any |= !other.is(pool) && other.diversion().beginForOthers();
            }
        }
        return any;
    }

    /** Tells whether anybody in another line is in want of what others have. */
    boolean isAnyShort(MagazinePool butFor) {
        return pools.stream().anyMatch(pool -> !pool.is(butFor) && pool.waiters().isShortByOthers());
    }

    /**
     * Counts all: the parent with what has gone, the children, and the sum of these.
     *
     * @param all true also for what takes more: see {@link Census#of}
     */
    PoolStatistics total(boolean all) {
        Census own;
        Gone ofTheGone;
        List<Census> children = new ArrayList<>();
        long slabBytes = 0;
        Map<MagazinePool, Measured> measured = all ? measure() : Map.of();
        Measured otherwise = all ? Measured.NOTHING : Measured.NOT;
        synchronized (this) {
            ofTheGone = gone;
            own = Census.of(parent(), measured.getOrDefault(parent(), otherwise));
            for (MagazinePool pool : pools) {
                slabBytes += pool.arenas().slabBytes();
                if (!pool.isParent()) {
                    children.add(Census.of(pool, measured.getOrDefault(pool, otherwise)));
                }
            }
        }
        long idle = Math.max(0, regions.reservedBytes() - slabBytes);
        return own.with(ofTheGone, idle).plus(children);
    }

    /** Not under the lock: this calls the system. A pool that comes meanwhile has nothing yet. */
    private Map<MagazinePool, Measured> measure() {
        Map<MagazinePool, Measured> measured = new HashMap<>();
        pools.forEach(pool -> measured.put(pool, Measured.of(pool)));
        return measured;
    }

    void emptyQuarantines() {
        pools.forEach(pool -> pool.withheld().relief().ask());
    }

    /** Reports what any has lost, and what has been held too long. */
    void lookAround() {
        pools.forEach(pool -> pool.life().lookAround());
    }

    /** On the thread that trims, in each interval. */
    void afterTick() {
        lookAround();
        tellOfRoom();
    }

    /**
     * After a trim, which takes memory from threads that are idle and cannot tell of it: calls the first of each line, and the
     * listeners. Where nobody waits or listens that is a look at empty lists.
     */
    void tellOfRoom() {
        for (MagazinePool pool : pools) {
            pool.waiters().offer(Waiter.ENOUGH);
            pool.look();
        }
    }

    PoolStatistics statistics() {
        lookAround();
        pools.forEach(pool -> pool.caches().reapDead(pool.arenas()::put));
        return total(true);
    }

    /** After the limit of any was changed. */
    void limitChanged() {
        pools.forEach(pool -> pool.waiters().limitChanged());
    }

    /** What all have in use, by the counters that cost nothing. */
    long inUse() {
        long sum = 0;
        for (MagazinePool pool : pools) {
            sum += pool.inUse();
        }
        return sum;
    }
}
