/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.PoolConfig;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimPolicy;
import io.magpool.api.TrimReport;
import io.magpool.impl.arena.ClosedArenasException;
import io.magpool.impl.event.Events;
import io.magpool.impl.slab.Purge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a family of pools does not need, by one policy for all, one step after the other: what stayed untouched for
 * an interval goes home, from dead threads' caches, idle caches and depots; then empty slabs go whole, and in others every run
 * of whole pages that only free chunks cover.
 *
 * <p>Untouched means, at a tick: of a cache, that its counters stand as at the last tick; of a magazine in a depot, that it
 * has stood there since the last tick; of a slab's free chunks, that they came home in one of these ways, and nobody has
 * filled a magazine from the slab meanwhile. So what was released goes back with the second tick after that.
 *
 * <p>Mappings kept for large buffers are memory like any other: the policy, its floor and its rate hold for all together.
 * Whose turn it is first changes with each tick: pools, and within a pool mappings and the shelves of slabs. Else a rate would
 * let the first starve the others.
 *
 * <p>What may race: everything. The trimmer is a hand like any other, holds one cache, one magazine or one slab at a time, and
 * others who find nothing meanwhile see that a hand is busy. The lock is the trimmers' own: a serving thread never takes it.
 *
 * <p>Rejected: sorting the chunks of a depot by slab to free whole slabs sooner (needs all of them in hand at once); trimming
 * on the thread that releases (it would pay 27 times the price of keeping for what it does not know to be idle).
 */
public final class Trimmer {

    private final String poolName;
    private final Events events;
    private final TrimPolicy policy;
    private final long intervalNanos;
    private final LongSupplier clock;
    private final Backlog backlog;
    private final Allowance allowance;
    private final CopyOnWriteArrayList<Trimmable> pools = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long lastTick; // guarded by lock
    private int turn; // guarded by lock

    /**
     * Builds it. The first interval begins.
     *
     * @param config says the policy and the interval
     * @param clock in nanoseconds, from any origin
     */
    public Trimmer(PoolConfig config, LongSupplier clock) {
        this.poolName = config.name();
        this.events = new Events(poolName);
        this.policy = config.trim();
        this.intervalNanos = config.trimInterval().toNanos();
        this.clock = clock;
        this.backlog = new Backlog(policy instanceof TrimPolicy.Decay decay ? decay.time().toNanos() : 1);
        this.allowance = new Allowance(policy.maxBytesPerSecond(), intervalNanos);
        this.lastTick = clock.getAsLong();
    }

    /**
     * Trims one more pool.
     *
     * @param pool a new one
     */
    public void add(Trimmable pool) {
        pool.beginAt(clock.getAsLong() - intervalNanos); // the next tick only notes what there is, since nobody has looked before
        pools.add(pool);
    }

    /**
     * Trims a pool no more.
     *
     * @param pool that is being closed
     */
    public void remove(Trimmable pool) {
        pools.remove(pool);
    }

    /**
     * Asks the policy, if an interval has passed.
     *
     * @return what was done
     * @throws io.magpool.api.MemoryRefusedException if the system refuses; what was done until then stays done
     */
    public TrimReport tickIfDue() {
        lock.lock();
        try {
            return policy instanceof TrimPolicy.None || nanosUntilDue() > 0 ? Trimmed.NOTHING : tick();
        } finally {
            lock.unlock();
        }
    }

    /** How long it is until the next tick is due: 0 or less if it is. */
    long nanosUntilDue() {
        lock.lock();
        try {
            return intervalNanos - (clock.getAsLong() - lastTick);
        } finally {
            lock.unlock();
        }
    }

    private TrimReport tick() {
        Object recording = events.beginTrim();
        long start = clock.getAsLong();
        long passed = start - lastTick;
        long allowed = allowance.grant(passed);
        lastTick = start;
        List<Trimmable> trimmed = inTurn(start);
        if (trimmed.isEmpty()) {
            return Trimmed.NOTHING;
        }
        List<Purge> purges = new ArrayList<>();
        TrimPlan.Idle idle = TrimPlan.Idle.NOTHING;
        try {
            forEach(trimmed, pool -> pool.sendHome(false));
            idle = measure(trimmed, intervalNanos);
            long toSendHome = TrimPlan.toSendHome(policy, idle);
            if (toSendHome > 0) {
                sendHome(trimmed, toSendHome);
                idle = measure(trimmed, intervalNanos);
            }
            long decayed = policy instanceof TrimPolicy.Decay
                    ? backlog.allow(Math.min(passed, intervalNanos), idle.reclaimable()) : 0;
            TrimPlan plan = TrimPlan.of(policy, idle, allowed, decayed);
            purge(trimmed, plan, recording != null, intervalNanos, purges);
            return concluded(recording, plan.bytes(), purges, start);
        } finally {
            long advised = advisedBytes(purges);
            allowance.spend(advised);
            backlog.settle(idle.reclaimable() - advised);
            turn += allowed > 0 ? 1 : 0; // or who is first when a debt is paid would always be the same
            forEach(trimmed, pool -> pool.beginInterval(start));
        }
    }

    /** Without those whose interval a trim by hand has begun anew: nothing can have stayed untouched there for a whole one. */
    private List<Trimmable> inTurn(long now) {
        List<Trimmable> all = new ArrayList<>(pools);
        all.removeIf(pool -> pool.intervalSoFar(now) < intervalNanos);
        Collections.rotate(all, -Math.floorMod(turn, Math.max(1, all.size())));
        return all;
    }

    /** Leaves out pools that are closed meanwhile, unless they all are. */
    private static void forEach(List<Trimmable> pools, Consumer<Trimmable> step) {
        ClosedArenasException closed = null;
        boolean any = false;
        for (Trimmable pool : pools) {
            try {
                step.accept(pool);
                any = true;
            } catch (ClosedArenasException closedMeanwhile) {
                closed = closedMeanwhile;
            }
        }
        if (closed != null && !any) {
            throw closed;
        }
    }

    private static void sendHome(List<Trimmable> pools, long bytes) {
        long[] left = {bytes};
        forEach(pools, pool -> left[0] = left[0] > 0 ? pool.surplus().sendHome(left[0]) : left[0]);
    }

    /** One budget for all: what it does not suffice for is the first the next time. */
    private void purge(List<Trimmable> pools, TrimPlan plan, boolean measured, long oldNanos, List<Purge> purges) {
        TrimPlan[] left = {plan};
        int round = turn / Math.max(1, pools.size()); // so that whoever is first begins with something else the next time
        forEach(pools, pool -> {
            Purge purge = pool.newPurge(left[0], measured);
            purges.add(purge);
            pool.purge(purge, plan.freshToo(), oldNanos, round);
            left[0] = left[0].less(purge.advisedBytes());
        });
    }

    private static TrimPlan.Idle measure(List<Trimmable> pools, long oldNanos) {
        TrimPlan.Idle sum = TrimPlan.Idle.NOTHING;
        for (Trimmable pool : pools) {
            sum = sum.plus(pool.measure(oldNanos));
        }
        return sum;
    }

    /**
     * Trims all pools at once, whatever the policy says.
     *
     * @param depth how far
     * @return what was done
     * @throws io.magpool.api.MemoryRefusedException if the system refuses; what was done until then stays done
     */
    public TrimReport trim(TrimDepth depth) {
        return trim(depth, List.copyOf(pools));
    }

    /**
     * Trims one pool at once, whatever the policy says.
     *
     * @param depth how far
     * @param only the pool
     * @return what was done
     * @throws io.magpool.api.MemoryRefusedException if the system refuses; what was done until then stays done
     */
    public TrimReport trim(TrimDepth depth, Trimmable only) {
        return trim(depth, List.of(only));
    }

    private TrimReport trim(TrimDepth depth, List<Trimmable> trimmed) {
        boolean full = depth == TrimDepth.FULL;
        lock.lock();
        try {
            Object recording = events.beginTrim();
            long start = clock.getAsLong();
            List<Purge> purges = new ArrayList<>();
            try {
                forEach(trimmed, pool -> pool.sendHome(full));
                long old = Math.min(intervalNanos,
                        trimmed.stream().mapToLong(pool -> pool.intervalSoFar(start)).max().orElse(0));
                TrimPlan.Idle idle = measure(trimmed, old);
                long asked = full ? idle.reclaimable() : idle.untouched();
                purge(trimmed, full ? TrimPlan.ALL : TrimPlan.of(asked), true, old, purges);
                if (full) {
                    forEach(trimmed, pool -> pool.surplus().dropSpares());
                }
                return concluded(recording, asked, purges, start);
            } finally {
                forEach(trimmed, pool -> pool.beginInterval(start));
                settleBacklog();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Another pool's idle memory was there before, and is not younger for what was given back here. */
    private void settleBacklog() {
        if (policy instanceof TrimPolicy.Decay) {
            backlog.settle(measure(List.copyOf(pools), intervalNanos).reclaimable());
        }
    }

    private static long advisedBytes(List<Purge> purges) {
        return purges.stream().mapToLong(Purge::advisedBytes).sum();
    }

    private TrimReport concluded(@Nullable Object recording, long asked, List<Purge> purges, long start) {
        TrimReport report = Trimmed.of(asked, purges, clock.getAsLong() - start);
        events.endTrim(recording, report);
        return report;
    }

    /** How long an interval is. */
    long intervalNanos() {
        return intervalNanos;
    }

    /** Whether a tick could ever find anything, now or when what is in use is released. */
    boolean isAnythingToWatch() {
        return pools.stream().anyMatch(Trimmable::isAnythingToWatch);
    }

    String poolName() {
        return poolName;
    }
}
