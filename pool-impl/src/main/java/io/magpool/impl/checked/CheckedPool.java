/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.ChildLimits;
import io.magpool.api.CloseReport;
import io.magpool.api.DumpFormat;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.PressureListener;
import io.magpool.api.Registration;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimReport;
import io.magpool.impl.memory.BoundedView;
import io.magpool.impl.slab.SizeClasses;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pool that follows acquisitions, in front of the ordinary one.
 *
 * <p>It stands there only where safety or leak detection asks for it; elsewhere an acquire pays one comparison for it.
 * An acquisition that is not followed passes through with the ordinary pool's own buffer, which is released without coming by
 * here again. Where only samples are followed the ordinary pool picks them ({@link Samples}), and nothing is counted here.
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
 *
 * <p>For {@link #onPressure} quarantined memory is in use.
 */
public final class CheckedPool implements BufferPool {

    private final BufferPool inner;
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
    private volatile boolean closed;

    private CheckedPool(BufferPool inner, String name, PoolConfig config, Withheld withheld) {
        this.inner = inner;
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
     * Puts a pool in front of another if the settings ask for it.
     *
     * @param ordinary a pool that nobody else uses, and whose statistics ask {@code withheld}
     * @param name its name
     * @param config the settings of both
     * @param withheld told what looks acquired to the ordinary pool and is not
     * @return the pool for users
     */
    public static BufferPool inFrontOf(BufferPool ordinary, String name, PoolConfig config, Withheld withheld) {
        return Care.sampled(config) == Care.NONE ? ordinary : new CheckedPool(ordinary, name, config, withheld);
    }

    @Override
    public PooledBuffer acquire(long atLeast) {
        return cared(inner.acquire(atLeast), 1);
    }

    @Override
    public @Nullable PooledBuffer tryAcquire(long atLeast) {
        PooledBuffer buffer = inner.tryAcquire(atLeast);
        return buffer == null ? null : cared(buffer, 1);
    }

    @Override
    public PooledBuffer acquire(BufferRequest request) throws InterruptedException {
        return cared(inner.acquire(request), request.alignment());
    }

    /** The releases that empty the quarantine make room, so the action may run before this returns, as with any pool. */
    @Override
    public Registration onAvailable(long size, Runnable action) {
        Objects.requireNonNull(action, "action");
        CallBack turn = new CallBack(custody, action);
        custody.beginHurry();
        boolean registered = false;
        try {
            Registration inLine = inner.onAvailable(size, turn);
            registered = true;
            turn.standsInLine(inLine);
        } finally {
            if (!registered) {
                turn.end();
            }
        }
        if (!turn.hasEnded()) {
            custody.empty();
        }
        return turn;
    }

    @Override
    public Registration onPressure(double high, double low, PressureListener listener) {
        return inner.onPressure(high, low, listener);
    }

    @Override
    public void setMaxBytes(long maxBytes) {
        inner.setMaxBytes(maxBytes);
    }

    /** The ordinary pool's child stands behind checks of its own, as this one does. */
    @Override
    public BufferPool child(String name, ChildLimits limits) {
        return inner.child(name, limits);
    }

    /** Where not all are followed, the ordinary pool has picked the samples, and this has followed them already. */
    private PooledBuffer cared(PooledBuffer buffer, long alignment) {
        return usual == Care.NONE ? buffer : follow(buffer, usual == sampled ? usual : drawn(), alignment);
    }

    /** Where all are followed somehow, which costs microseconds, and one in so many more closely. */
    private Care drawn() {
        return ThreadLocalRandom.current().nextInt(sampleRate) == 0 ? sampled : usual;
    }

    /** Called by the ordinary pool within an acquire. */
    PooledBuffer followSample(PooledBuffer buffer, long alignment) {
        return follow(buffer, sampled, alignment);
    }

    private PooledBuffer follow(PooledBuffer buffer, Care care, long alignment) {
        boolean followed = false;
        try {
            retireUnreachable();
            PooledBuffer handle = new FollowedBuffer(this, buffer, care, alignment);
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

    /** Moves a buffer's content to another buffer and releases the first. */
    PooledBuffer move(PooledBuffer from, long size, long alignment) {
        PooledBuffer to = from.capacity() > SizeClasses.MAX_BYTES ? acquireAligned(size, alignment) : acquire(size);
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

    /** As if it were asked for by {@link #acquire(BufferRequest)}, without waiting. */
    private PooledBuffer acquireAligned(long size, long alignment) {
        if (alignment == 1) {
            return acquire(size);
        }
        try {
            return acquire(BufferRequest.of(size).aligned(alignment));
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

    @Override
    public PoolStatistics statistics() {
        lookAround();
        return inner.statistics();
    }

    @Override
    public List<AcquisitionSite> acquisitionSites() {
        lookAround();
        return ledger.sites(System.nanoTime());
    }

    @Override
    public String dump(DumpFormat format) {
        lookAround();
        return inner.dump(format);
    }

    /** Reports what became unreachable, and what has been held too long. */
    public void lookAround() {
        retireUnreachable();
        if (holdLimitNanos > 0) {
            ledger.reportOverdue(holdLimitNanos, System.nanoTime());
        }
    }

    @Override
    public void trimCurrentThread() {
        inner.trimCurrentThread();
    }

    @Override
    public TrimReport trim(TrimDepth depth) {
        return inner.trim(depth);
    }

    @Override
    public TrimReport maintain() {
        lookAround();
        return inner.maintain();
    }

    @Override
    public void close() {
        if (!closed) {
            CloseReport report = abandon();
            if (report.acquiredBuffers() != 0) {
                throw new IllegalStateException(report.description());
            }
        }
    }

    @Override
    public CloseReport abandon() {
        if (!closed) {
            custody.beginHurry();
            closed = true;
        }
        retireUnreachable();
        custody.empty();
        if (batches != null) {
            batches.close();
        }
        CloseReport report = inner.abandon();
        return FollowedClose.of(report, ledger.sites(System.nanoTime()));
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
