/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.BoundedView;
import io.magpool.impl.slab.SizeClasses;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows acquisitions of a pool from the acquire to the release, and beyond.
 *
 * <h2>The life of a followed acquisition</h2>
 *
 * <pre>
 *            acquire              release                 fill, wait, compare
 *   ordinary ───────► OUT, handle ───────► (life ended) ───────► QUARANTINE ───────► ordinary
 *                      │                        │  somebody waits, closed, too large     ▲
 *                      │ unreachable            └─────────────────────────────────────────┤
 *                      └──────────────► LOST ── only if that is allowed ─────────────────┘
 * </pre>
 *
 * <p>The step out of OUT is one compare-and-set in {@link Acquisition}. The life of the segment ends before the memory is
 * filled: what is written through a stale segment of this acquisition is refused from then on, or was there before.
 */
public final class Follower {

    private final Withheld withheld;
    private final Incidents incidents;
    private final Ledger ledger;
    private final Custody custody;
    private final Care usual;
    private final Care sampled;
    private final int sampleRate;
    private final boolean bounded;
    private final @Nullable ArenaBatches batches;
    private final long holdLimitNanos;
    private final boolean reuseLost;
    private volatile boolean ended;

    private Follower(String name, PoolConfig config, Withheld withheld) {
        this.withheld = withheld;
        this.incidents = new Incidents(name, config.incidentListener());
        this.ledger = new Ledger(incidents);
        withheld.lost().listedBy(ledger::lost);
        withheld.places().listedBy(() -> ledger.sites(System.nanoTime()));
        this.custody = new Custody(config.quarantineBytes(), withheld.quarantined(), incidents);
        withheld.relief().from(custody);
        this.usual = Care.usual(config);
        this.sampled = Care.sampled(config);
        this.sampleRate = config.sampleRate();
        this.bounded = config.storage() == PoolConfig.Storage.OFF_HEAP && BoundedView.isPossible();
        this.batches = bounded && config.safety() == PoolConfig.Safety.SAMPLED ? new ArenaBatches() : null;
        this.holdLimitNanos = TimeUnit.MILLISECONDS.toNanos(config.holdLimitMillis());
        this.reuseLost = config.reuseLost();
        withheld.samples().followedBy(this);
    }

    /**
     * Builds what the settings ask for.
     *
     * @param name of the pool
     * @param config its settings
     * @param withheld of the pool, told what looks acquired to it and is not
     * @return null if no acquisition is followed
     */
    public static @Nullable Follower ifAny(String name, PoolConfig config, Withheld withheld) {
        return Care.sampled(config) == Care.NONE ? null : new Follower(name, config, withheld);
    }

    /**
     * Tells whether each acquisition is followed.
     *
     * @return false if only samples are, which the pool picks
     */
    public boolean followsAll() {
        return usual != Care.NONE;
    }

    /** One of all, which cost microseconds each, and one in so many of these more closely. If it fails, the buffer is released. */
    PooledBuffer followUsual(BufferPool pool, PooledBuffer buffer, long alignment) {
        boolean closely = usual == sampled || ThreadLocalRandom.current().nextInt(sampleRate) == 0;
        return follow(pool, buffer, closely ? sampled : usual, alignment);
    }

    /** One that the pool has picked. If it fails, the buffer is released. */
    PooledBuffer followSample(BufferPool pool, PooledBuffer buffer, long alignment) {
        return follow(pool, buffer, sampled, alignment);
    }

    private PooledBuffer follow(BufferPool pool, PooledBuffer buffer, Care care, long alignment) {
        boolean followed = false;
        try {
            retireUnreachable();
            PooledBuffer handle = new FollowedBuffer(this, pool, buffer, care, alignment);
            followed = true;
            return handle;
        } finally {
            if (!followed) {
                buffer.release();
            }
        }
    }

    /** Called by a handle that is being built. */
    Acquisition begin(FollowedBuffer handle, PooledBuffer buffer, Care care) {
        return ledger.enter(handle, buffer, newLife(care, buffer), care == Care.CHECKED);
    }

    /** A mapping of its own may be unmapped as soon as it is released: its segment cannot wait for a batch. */
    private Lifetime newLife(Care care, PooledBuffer buffer) {
        if (!bounded || care != Care.CHECKED) {
            return Lifetime.UNBOUNDED;
        }
        return batches == null || withheld.isLarge().test(buffer) ? new OwnArena() : batches.join();
    }

    /** Called by a handle that is being released. */
    void end(Acquisition acquisition) {
        Stack now = Stack.here();
        Stack earlier = acquisition.release(now);
        if (earlier != null) {
            throw incidents.releasedTwice(acquisition, earlier, now);
        }
        try {
            endLife(acquisition);
        } catch (MemoryRefusedException notTakenBack) {
            acquisition.undoRelease();
            throw notTakenBack;
        } catch (IllegalStateException inUse) {
            acquisition.undoRelease();
            throw incidents.releasedDuringAccess(acquisition, now, inUse);
        }
        ledger.strike(acquisition);
        if (acquisition.isOverdue()) {
            incidents.releasedLate(acquisition, now);
        }
        if (acquisition.isChecked()) {
            custody.keepOrGiveBack(acquisition);
        }
    }

    /** If it throws, nothing has changed. What is not checked is the ordinary pool's again afterwards. */
    private static void endLife(Acquisition acquisition) {
        if (acquisition.isChecked()) {
            acquisition.life().end();
        } else {
            acquisition.inner().release();
        }
    }

    private void retireUnreachable() {
        for (Acquisition leaked : ledger.takeUnreachable()) {
            if (reuseLost && endedIfPossible(leaked)) {
                if (leaked.isChecked()) {
                    custody.keepOrGiveBack(leaked);
                }
            } else {
                ledger.keepLost(leaked);
                withheld.lost().add(leaked);
            }
        }
    }

    private static boolean endedIfPossible(Acquisition acquisition) {
        try {
            endLife(acquisition);
            return true;
        } catch (MemoryRefusedException | IllegalStateException inUse) {
            return false;
        }
    }

    /** Moves a buffer's content to another buffer of the pool and releases the first. */
    static PooledBuffer move(BufferPool pool, PooledBuffer from, long size, long alignment) {
        PooledBuffer to = from.capacity() > SizeClasses.MAX_BYTES ? aligned(pool, size, alignment) : pool.acquire(size);
        boolean moved = false;
        try {
            MemorySegment.copy(from.segment(), 0, to.segment(), 0, Math.min(from.size(), size));
            from.release();
            moved = true;
            return to;
        } finally {
            if (!moved) {
                to.release();
            }
        }
    }

    /** As if it were asked for by a request, without waiting. */
    private static PooledBuffer aligned(BufferPool pool, long size, long alignment) {
        if (alignment == 1) {
            return pool.acquire(size);
        }
        try {
            return pool.acquire(BufferRequest.of(size).aligned(alignment));
        } catch (InterruptedException neverWaits) {
            throw new IllegalStateException(neverWaits);
        }
    }

    /** An owner changed what he wants of his buffer: for the statistics. Its memory stays as it is. */
    void noteSize(PooledBuffer buffer, long size) {
        if (withheld.isLarge().test(buffer)) {
            withheld.isLarge().note(buffer, size);
        } else {
            buffer.reallocate(size); // a chunk, within its capacity: that changes nothing else
        }
    }

    Incidents incidents() {
        return incidents;
    }

    /** Reports what became unreachable, and what has been held too long. */
    public void lookAround() {
        retireUnreachable();
        if (holdLimitNanos > 0) {
            ledger.reportOverdue(holdLimitNanos, System.nanoTime());
        }
    }

    /** Before the pool is closed: from now on nothing stays in quarantine. May be called again. */
    public void end() {
        if (!ended) {
            custody.beginHurry();
            ended = true;
        }
        retireUnreachable();
        custody.empty();
        if (batches != null) {
            batches.close();
        }
    }
}
