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
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.PressureListener;
import io.magpool.api.Registration;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimReport;
import io.magpool.impl.memory.BoundedView;
import io.magpool.impl.slab.SizeClasses;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool that follows acquisitions, in front of the ordinary one.
 *
 * <p>It stands there only where safety or leak detection asks for it: the ordinary pool knows nothing of it and pays nothing.
 * An acquisition that is not followed passes through with the ordinary pool's own buffer, which is released without coming by
 * here again.
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
 * <h2>Quarantine and limit</h2>
 *
 * To the ordinary pool quarantined memory is acquired. So before an acquire is refused the quarantine is emptied and the
 * ordinary pool is asked again; and while anybody waits for memory releases do not go through quarantine. The last is a
 * race between who waits and who releases, decided as Dekker did: who waits announces it, then empties the quarantine; who
 * releases puts into the quarantine, then looks whether anybody waits, and empties it himself. Closing the pool announces
 * itself in the same way, for ever; an action that is to be called back, from its registration to its turn. Where pools share a limit, one
 * that meets it has the others' quarantines emptied, beyond what is guaranteed to them, as part of its reclaim.
 *
 * <p>For {@link #onPressure} quarantined memory is in use.
 */
public final class CheckedPool implements BufferPool {

    private final BufferPool inner;
    private final Withheld withheld;
    private final Incidents incidents;
    private final Ledger ledger;
    private final Quarantine quarantine;
    private final Pattern pattern = new Pattern();
    private final Care usual;
    private final Care sampled;
    private final @Nullable Sampler sampler;
    private final boolean bounded;
    private final @Nullable ArenaBatches batches;
    private final long holdLimitNanos;
    private final boolean reuseLost;
    private final AtomicInteger hurry = new AtomicInteger(); // who waits for memory, and who closes
    private volatile boolean closed;

    private CheckedPool(BufferPool inner, String name, PoolConfig config, Withheld withheld) {
        this.inner = inner;
        this.withheld = withheld;
        this.incidents = new Incidents(name, config.incidentListener());
        this.ledger = new Ledger(incidents);
        withheld.lost().listedBy(ledger::lost);
        withheld.places().listedBy(() -> ledger.sites(System.nanoTime()));
        this.quarantine = new Quarantine(config.quarantineBytes(), withheld.quarantined());
        this.usual = Care.usual(config);
        this.sampled = Care.sampled(config);
        this.sampler = usual == sampled ? null : new Sampler(config.sampleRate());
        this.bounded = config.storage() == PoolConfig.Storage.OFF_HEAP && BoundedView.isPossible();
        this.batches = bounded && config.safety() == PoolConfig.Safety.SAMPLED ? new ArenaBatches() : null;
        this.holdLimitNanos = TimeUnit.MILLISECONDS.toNanos(config.holdLimitMillis());
        this.reuseLost = config.reuseLost();
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
        return cared(acquireInner(atLeast), 1);
    }

    private PooledBuffer acquireInner(long atLeast) {
        try {
            return inner.acquire(atLeast);
        } catch (PoolExhaustedException exhausted) {
            if (!emptyQuarantine()) {
                throw exhausted;
            }
            withheld.mistakenRefusals().increment();
        } catch (MemoryRefusedException refused) {
            if (!emptyQuarantine()) {
                throw refused;
            }
        }
        return inner.acquire(atLeast);
    }

    @Override
    public @Nullable PooledBuffer tryAcquire(long atLeast) {
        PooledBuffer buffer = tryInner(atLeast);
        return buffer == null ? null : cared(buffer, 1);
    }

    private @Nullable PooledBuffer tryInner(long atLeast) {
        try {
            PooledBuffer buffer = inner.tryAcquire(atLeast);
            if (buffer == null && emptyQuarantine()) {
                withheld.mistakenRefusals().increment();
                buffer = inner.tryAcquire(atLeast);
            }
            return buffer;
        } catch (MemoryRefusedException refused) {
            if (emptyQuarantine()) {
                return inner.tryAcquire(atLeast);
            }
            throw refused;
        }
    }

    @Override
    public PooledBuffer acquire(BufferRequest request) throws InterruptedException {
        try {
            return cared(inner.acquire(request.within(Duration.ZERO)), request.alignment());
        } catch (PoolExhaustedException exhausted) {
            if (!emptyQuarantine() && request.patience().isZero()) {
                throw exhausted;
            }
            withheld.mistakenRefusals().increment();
        } catch (MemoryRefusedException refused) {
            if (!emptyQuarantine()) {
                throw refused;
            }
        }
        hurry.incrementAndGet();
        try {
            emptyQuarantine();
            return cared(inner.acquire(request), request.alignment());
        } finally {
            hurry.decrementAndGet();
        }
    }

    /** The releases that empty the quarantine make room, so the action may run before this returns, as with any pool. */
    @Override
    public Registration onAvailable(long size, Runnable action) {
        Objects.requireNonNull(action, "action");
        CallBack turn = new CallBack(hurry, action);
        hurry.incrementAndGet();
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
            emptyQuarantine();
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

    private PooledBuffer cared(PooledBuffer buffer, long alignment) {
        Care care = sampler == null || sampler.picks() ? sampled : usual;
        return care == Care.NONE ? buffer : follow(buffer, care, alignment);
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
            quarantineOrGiveBack(acquisition);
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

    private void quarantineOrGiveBack(Acquisition acquisition) {
        if (hurry.get() != 0 || !quarantine.canHold(acquisition.capacity())) {
            giveBackUnseen(acquisition);
            return;
        }
        pattern.fill(acquisition.inner().segment());
        quarantine.add(acquisition);
        if (hurry.get() != 0) {
            emptyQuarantine();
        }
        for (Acquisition next = quarantine.takeExcess(); next != null; next = quarantine.takeExcess()) {
            giveBack(next);
        }
    }

    /**
     * Empties the quarantine of what is in it now: the ordinary pool has it back.
     *
     * @return false if that was nothing
     */
    public boolean emptyQuarantine() {
        int entries = quarantine.entries();
        for (int i = 0; i < entries; i++) {
            Acquisition next = quarantine.take();
            if (next != null) {
                giveBack(next);
            }
        }
        return entries != 0;
    }

    private void giveBack(Acquisition acquisition) {
        String difference = pattern.difference(acquisition.inner().segment());
        if (difference != null) {
            incidents.writtenAfterRelease(acquisition, difference);
        }
        giveBackUnseen(acquisition);
    }

    private void giveBackUnseen(Acquisition acquisition) {
        try {
            acquisition.inner().release();
        } catch (MemoryRefusedException notTakenBack) {
            pattern.fill(acquisition.inner().segment());
            quarantine.addRefused(acquisition);
        }
    }

    private void retireUnreachable() {
        for (Acquisition leaked : ledger.takeUnreachable()) {
            if (reuseLost && endedIfPossible(leaked)) {
                if (leaked.isChecked()) {
                    quarantineOrGiveBack(leaked);
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

    boolean isLarge(PooledBuffer buffer) {
        return withheld.isLarge().test(buffer);
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
        if (depth == TrimDepth.FULL) {
            emptyQuarantine(); // what is there is not in use; each piece is looked at once more, as whenever it leaves
        }
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
            hurry.incrementAndGet();
            closed = true;
        }
        retireUnreachable();
        emptyQuarantine();
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
