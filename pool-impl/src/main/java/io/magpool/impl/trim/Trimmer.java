/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.PoolConfig;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimPolicy;
import io.magpool.api.TrimReport;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.arena.Holdings;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.ThreadCache;
import io.magpool.impl.slab.Purge;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Gives back what a pool does not need, one step after the other: what stayed untouched for an interval goes home, from dead
 * threads' caches, idle caches and depots; then empty slabs go whole, and in others every run of whole pages that only free
 * chunks cover.
 *
 * <p>Untouched means, at a tick: of a cache, that its counters stand as at the last tick; of a magazine in a depot, that it
 * has stood there since the last tick; of a slab's free chunks, that they came home in one of these ways, and nobody has
 * filled a magazine from the slab meanwhile. So what was released goes back with the second tick after that.
 *
 * <p>What may race: everything. The trimmer is a hand like any other, holds one cache, one magazine or one slab at a time, and
 * others who find nothing meanwhile see that a hand is busy. The lock is the trimmers' own: a serving thread never takes it.
 *
 * <p>Rejected: sorting the chunks of a depot by slab to free whole slabs sooner (needs all of them in hand at once); trimming on the
 * thread that releases (it would pay 27 times the price of keeping for what it does not know to be idle).
 */
public final class Trimmer {

    private final String poolName;
    private final TrimPolicy policy;
    private final long intervalNanos;
    private final Arenas arenas;
    private final CacheRegistry caches;
    private final LongConsumer dropLarge;
    private final LongSupplier clock;
    private final Backlog backlog;
    private final LongAdder trims = new LongAdder();
    private final LongAdder trimmedBytes = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private long lastTick; // guarded by lock

    /**
     * Builds it. The first interval begins.
     *
     * @param config says the policy and the interval
     * @param arenas are trimmed
     * @param caches are emptied where they are idle
     * @param dropLarge gives back what has lain ready for large buffers for so many nanoseconds
     * @param clock in nanoseconds, from any origin
     */
    public Trimmer(
            PoolConfig config, Arenas arenas, CacheRegistry caches, LongConsumer dropLarge, LongSupplier clock) {
        this.poolName = config.name();
        this.policy = config.trim();
        this.intervalNanos = config.trimInterval().toNanos();
        this.arenas = arenas;
        this.caches = caches;
        this.dropLarge = dropLarge;
        this.clock = clock;
        this.backlog = new Backlog(policy instanceof TrimPolicy.Decay decay ? decay.time().toNanos() : 1);
        this.lastTick = clock.getAsLong();
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
        Recording recording = Recording.begin();
        long start = clock.getAsLong();
        long elapsed = Math.min(start - lastTick, intervalNanos);
        lastTick = start;
        try {
            dropLarge.accept(intervalNanos);
            arenas.emptyCaches(caches, false);
            arenas.sendIdleHome(false);
            TrimPlan.Idle idle = measure();
            long toSendHome = TrimPlan.toSendHome(policy, idle);
            if (toSendHome > 0) {
                arenas.sendHome(toSendHome);
                idle = measure();
            }
            long decayed = policy instanceof TrimPolicy.Decay ? backlog.allow(elapsed, idle.reclaimable()) : 0;
            TrimPlan plan = TrimPlan.of(policy, idle, elapsed, decayed);
            Purge purge = arenas.trim(plan.bytes(), plan.freshToo(), recording.isOn());
            backlog.settle(idle.reclaimable() - purge.advisedBytes());
            return concluded(recording, plan.bytes(), purge, start);
        } finally {
            arenas.beginInterval();
        }
    }

    private TrimPlan.Idle measure() {
        Holdings held = arenas.measure();
        long inThreads = caches.caches().stream().mapToLong(ThreadCache::cachedBytes).sum();
        return new TrimPlan.Idle(
                held.backedBytes(), held.reclaimableBytes(), held.untouchedBytes(), held.depotBytes() + inThreads);
    }

    /**
     * Trims at once, whatever the policy says.
     *
     * @param depth how far
     * @return what was done
     * @throws io.magpool.api.MemoryRefusedException if the system refuses; what was done until then stays done
     */
    public TrimReport trim(TrimDepth depth) {
        boolean full = depth == TrimDepth.FULL;
        lock.lock();
        try {
            Recording recording = Recording.begin();
            long start = clock.getAsLong();
            try {
                dropLarge.accept(full ? 0 : intervalNanos);
                arenas.emptyCaches(caches, full);
                arenas.sendIdleHome(full);
                Holdings held = arenas.measure();
                long asked = full ? held.reclaimableBytes() : held.untouchedBytes();
                Purge purge = arenas.trim(full ? Long.MAX_VALUE : asked, full, true);
                if (full) {
                    arenas.dropSpares();
                }
                return concluded(recording, asked, purge, start);
            } finally {
                arenas.beginInterval();
            }
        } finally {
            lock.unlock();
        }
    }

    private TrimReport concluded(Recording recording, long asked, Purge purge, long start) {
        TrimReport report = Trimmed.of(asked, purge, clock.getAsLong() - start);
        if (purge.advisedBytes() != 0) {
            trims.increment();
            trimmedBytes.add(purge.advisedBytes());
        }
        recording.end(poolName, report);
        return report;
    }

    /** How long an interval is. */
    long intervalNanos() {
        return intervalNanos;
    }

    /** Whether a tick could ever find anything, now or when what is in use is released. */
    boolean isAnythingToWatch() {
        return arenas.isAnythingToTrim();
    }

    String poolName() {
        return poolName;
    }

    /**
     * Counts trims that gave something back.
     *
     * @return a number of trims
     */
    public long trims() {
        return trims.sum();
    }

    /**
     * Returns how much trims gave back.
     *
     * @return bytes
     */
    public long trimmedBytes() {
        return trimmedBytes.sum();
    }
}
