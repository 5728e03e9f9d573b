/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.event.Events;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.slab.Charge;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an acquire does before it is refused, cheapest first: other arenas' depots and slabs of its class; what lies
 * ready for large buffers; empty slabs back;
 * the depots home to their slabs, this core's before its neighbours'; the caches of other threads, and the same again; pages of
 * free runs. Each step goes shelf by shelf, and no further than until there is room for what is wished: what others
 * have ready stays where it is.
 *
 * <p>Where the pool's own limit leaves room, but the limit that it shares with others does not, the same steps are taken in the
 * other pools then, as long as these have more than is guaranteed to them, and before them what these have in quarantine goes back
 * to them. A pool at its own limit leaves the others alone.
 *
 * <p>It runs on the thread that would be refused, holds nothing that others need, and is bounded. While another thread
 * holds memory in its hand, a failure proves nothing, and the steps are tried again after a short pause: on a virtual thread
 * the hand may be waiting for the very carrier that runs this.
 */
public final class Reclaim {

    private static final int ROUNDS = 5;
    private static final long FIRST_PAUSE = 10_000; // nanoseconds; doubled each time, so 0.3 milliseconds in all

    private final Arenas arenas;
    private final CacheRegistry caches;
    private final BooleanSupplier dropLarge;
    private final Charge charge;
    private final Supplier<List<Reclaim>> others;
    private final Events events;
    private final AtomicBoolean emptying = new AtomicBoolean();
    private volatile BooleanSupplier quarantine = () -> false;

    /**
     * Builds it.
     *
     * @param arenas are reclaimed from
     * @param caches are reclaimed from
     * @param dropLarge gives back what lies ready for large buffers; false if there was nothing
     * @param charge tells whose limit leaves no room
     * @param others are the pools' that share a limit
     * @param events is told of each step
     */
    public Reclaim(
            Arenas arenas,
            CacheRegistry caches,
            BooleanSupplier dropLarge,
            Charge charge,
            Supplier<List<Reclaim>> others,
            Events events) {
        this.events = events;
        this.arenas = arenas;
        this.caches = caches;
        this.dropLarge = dropLarge;
        this.charge = charge;
        this.others = others;
    }

    /**
     * Sets what is done before anything else where others need what this pool has: what users have released, but the pool has
     * not got back yet, goes back to it. For its own acquires the pool asks for it last, before it refuses.
     *
     * @param newQuarantine false if there was nothing
     */
    public void first(BooleanSupplier newQuarantine) {
        quarantine = newQuarantine;
    }

    /**
     * Finds a magazine with rounds, by whatever means.
     *
     * @param sizeClass of the rounds
     * @return a magazine held by the caller, or null if there is truly no room
     * @throws MemoryRefusedException if the system refuses memory, and what the pool has is of no help
     */
    public @Nullable Magazine takeLoaded(int sizeClass) {
        Trial<Magazine> anywhere =
                new Trial<>(() -> arenas.takeLoadedAnywhere(sizeClass), charge, arenas.memoryOfOne(sizeClass));
        Magazine magazine = anywhere.tryOnce();
        return magazine != null ? magazine : retry(anywhere);
    }

    /**
     * Tries something again after each step, until it succeeds.
     *
     * @param attempt gives null when it fails
     * @param enough is how much it charges, in bytes
     * @return what it gave, or null if there is truly no room
     * @param <T> what it gives
     * @throws MemoryRefusedException if the system refuses memory, and what the pool has is of no help
     */
    public <T> @Nullable T retry(Supplier<@Nullable T> attempt, long enough) {
        return retry(new Trial<>(attempt, charge, enough));
    }

    /**
     * Does the same as {@link #retry}, but once and without pauses: for a thread that does it for another's sake.
     *
     * @param attempt gives null when it fails
     * @param enough is how much it charges, in bytes
     * @return what it gave, or null
     * @param <T> what it gives
     * @throws MemoryRefusedException if the system refuses memory, and what the pool has is of no help
     */
    public <T> @Nullable T retryOnce(Supplier<@Nullable T> attempt, long enough) {
        Trial<T> trial = new Trial<>(attempt, charge, enough);
        return trial.conclude(afterAllSteps(trial));
    }

    private <T> @Nullable T retry(Trial<T> trial) {
        for (int round = 0; round < ROUNDS; round++) {
            boolean busy = areHandsBusy(trial);
            T result = afterAllSteps(trial);
            if (result != null || !(busy || areHandsBusy(trial))) {
                return trial.conclude(result);
            }
            LockSupport.parkNanos(FIRST_PAUSE << round);
        }
        return trial.conclude(null);
    }

    private boolean areHandsBusy(Trial<?> trial) {
        return arenas.areHandsBusy()
                || (trial.isShortByOthers() && others.get().stream().anyMatch(Reclaim::isBusyForAnother));
    }

    private boolean isBusyForAnother() {
        return arenas.areHandsBusy() || emptying.get();
    }

    private <T> @Nullable T afterAllSteps(Trial<T> trial) {
        T result = afterEachStep(trial, () -> false);
        if (result == null && trial.isShortByOthers()) {
            for (Reclaim other : others.get()) {
                result = result == null ? other.afterEachStepForAnother(trial) : result;
            }
        }
        return result;
    }

    private <T> @Nullable T afterEachStepForAnother(Trial<T> trial) {
        try {
            T result = told("quarantine", trial, () -> afterEmptyingQuarantine(trial));
            return result != null ? result : afterEachStep(trial, () -> !charge.isBeyondGuarantee());
        } catch (ClosedArenasException closedMeanwhile) {
            return null;
        }
    }

    /**
     * One thread at a time, and no thread within itself: what goes back may call somebody in a line, for whom the same is
     * tried.
     */
    private <T> @Nullable T afterEmptyingQuarantine(Trial<T> trial) {
        boolean any = false;
        if (charge.isBeyondGuarantee() && emptying.compareAndSet(false, true)) {
            try {
                any = quarantine.getAsBoolean();
            } finally {
                emptying.set(false);
            }
        }
        return any ? trial.tryOnce() : null;
    }

    /** Tries after each step; takes none any more once it is to stop. */
    private <T> @Nullable T afterEachStep(Trial<T> trial, BooleanSupplier stop) {
        T result = told("large cache", trial, () -> afterDroppingLarge(trial, stop));
        if (result == null) {
            result = told("empty slabs", trial, () -> afterEach(arenas::retireEmptySlabs, trial, stop));
        }
        if (result == null) {
            result = told("depots", trial, () -> afterEach(arenas::emptyDepot, trial, stop));
        }
        if (result == null && !stop.getAsBoolean()) {
            result = told("thread caches", trial, () -> trial.after(this::emptyCaches));
        }
        if (result == null) {
            result = told("depots again", trial, () -> afterEach(arenas::emptyDepot, trial, stop));
        }
        return result != null ? result : told("free runs", trial, () -> afterEach(arenas::purgeFreeRuns, trial, stop));
    }

    private <T> @Nullable T afterDroppingLarge(Trial<T> trial, BooleanSupplier stop) {
        return !stop.getAsBoolean() && dropLarge.getAsBoolean() ? trial.tryOnce() : null;
    }

    private <T> @Nullable T told(String step, Trial<T> trial, Supplier<@Nullable T> attempt) {
        Object begun = events.beginReclaimStep();
        long before = begun == null ? 0 : arenas.room();
        T result = attempt.get();
        events.endReclaimStep(
                begun, step, trial.wanted(), before, begun == null ? 0 : arenas.room(), result != null);
        return result;
    }

    /** What is done with a shelf until there is enough room. */
    private interface Step {
        void run(Shelf shelf, BooleanSupplier isEnough);
    }

    /** Tries where a shelf made the room that was missing, and in the end. */
    private <T> @Nullable T afterEach(Step step, Trial<T> trial, BooleanSupplier stop) {
        for (Shelf shelf : arenas.shelvesFromHere()) {
            if (stop.getAsBoolean()) {
                break;
            }
            boolean before = trial.hasRoom();
            T result = null;
            try {
                step.run(shelf, () -> trial.isEnough() || stop.getAsBoolean());
            } catch (MemoryRefusedException bySystem) {
                trial.refused = bySystem;
            }
            if (!before && trial.hasRoom()) {
                result = trial.tryOnce();
            }
            if (result != null) {
                return result;
            }
        }
        return trial.tryOnce();
    }

    private void emptyCaches() {
        arenas.inHand(() -> caches.revokeAll(arenas::put));
    }

    /** Something that may fail for lack of room, or be refused by the system, and may do better later. */
    private static final class Trial<T> {

        private final Supplier<@Nullable T> attempt;
        private final Charge charge;
        private final long enough;
        private @Nullable MemoryRefusedException refused;

        Trial(Supplier<@Nullable T> attempt, Charge charge, long enough) {
            this.attempt = attempt;
            this.charge = charge;
            this.enough = enough;
        }

        long wanted() {
            return enough;
        }

        boolean hasRoom() {
            return charge.room() >= enough;
        }

        /** Nothing is, where the system refuses what the limit allows. */
        boolean isEnough() {
            return refused == null && hasRoom();
        }

        /** Whether other pools could help. */
        boolean isShortByOthers() {
            return refused != null || charge.isShortByOthers(enough);
        }

        @Nullable T tryOnce() {
            try {
                return attempt.get();
            } catch (MemoryRefusedException bySystem) {
                refused = bySystem;
                return null;
            }
        }

        @Nullable T after(Runnable step) {
            try {
                step.run();
            } catch (MemoryRefusedException bySystem) {
                refused = bySystem;
            }
            return tryOnce();
        }

        @Nullable T conclude(@Nullable T result) {
            if (result == null && refused != null) {
                throw refused;
            }
            return result;
        }
    }
}
