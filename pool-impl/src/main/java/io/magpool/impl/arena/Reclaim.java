/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.Magazine;
import java.util.List;
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

    /**
     * Builds it.
     *
     * @param arenas are reclaimed from
     * @param caches are reclaimed from
     * @param dropLarge gives back what lies ready for large buffers; false if there was nothing
     */
    public Reclaim(Arenas arenas, CacheRegistry caches, BooleanSupplier dropLarge) {
        this.arenas = arenas;
        this.caches = caches;
        this.dropLarge = dropLarge;
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
                new Trial<>(() -> arenas.takeLoadedAnywhere(sizeClass), arenas.memoryOfOne(sizeClass));
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
        return retry(new Trial<>(attempt, enough));
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
        Trial<T> trial = new Trial<>(attempt, enough);
        return trial.conclude(afterEachStep(trial));
    }

    private <T> @Nullable T retry(Trial<T> trial) {
        for (int round = 0; round < ROUNDS; round++) {
            boolean busy = arenas.areHandsBusy();
            T result = afterEachStep(trial);
            if (result != null || !(busy || arenas.areHandsBusy())) {
                return trial.conclude(result);
            }
            LockSupport.parkNanos(FIRST_PAUSE << round);
        }
        return trial.conclude(null);
    }

    private <T> @Nullable T afterEachStep(Trial<T> trial) {
        T result = dropLarge.getAsBoolean() ? trial.tryOnce() : null;
        if (result != null) {
            return result;
        }
        List<Shelf> shelves = arenas.shelvesFromHere();
        result = afterEach(shelves, arenas::retireEmptySlabs, trial);
        if (result == null) {
            result = afterEach(shelves, arenas::emptyDepot, trial);
        }
        if (result == null) {
            result = trial.after(this::emptyCaches);
        }
        if (result == null) {
            shelves = arenas.shelvesFromHere();
            result = afterEach(shelves, arenas::emptyDepot, trial);
        }
        return result != null ? result : afterEach(shelves, arenas::purgeFreeRuns, trial);
    }

    /** What is done with a shelf until there is enough room. */
    private interface Step {
        void run(Shelf shelf, long enough);
    }

    /** Tries where a shelf made the room that was missing, and in the end. */
    private <T> @Nullable T afterEach(List<Shelf> shelves, Step step, Trial<T> trial) {
        for (Shelf shelf : shelves) {
            long before = arenas.room();
            T result = null;
            try {
                step.run(shelf, trial.enough());
            } catch (MemoryRefusedException bySystem) {
                trial.refused = bySystem;
            }
            if (before < trial.enough() && arenas.room() >= trial.enough()) {
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
        private final long enough;
        private @Nullable MemoryRefusedException refused;

        Trial(Supplier<@Nullable T> attempt, long enough) {
            this.attempt = attempt;
            this.enough = enough;
        }

        /** As much as there is, where the system refuses what the limit allows. */
        long enough() {
            return refused == null ? enough : Long.MAX_VALUE;
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
