/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.Magazine;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an acquire does before it is refused, cheapest first: other arenas' depots and slabs of its class; the depots of all classes
 * home to their slabs and empty slabs back; the same with the caches of other threads; pages of free runs.
 *
 * <p>It runs on the thread that would be refused, holds nothing that others need, and is bounded. While another thread
 * holds memory in its hand, a failure proves nothing, and the steps are tried again after a short pause: on a virtual thread
 * the hand may be waiting for the very carrier that runs this.
 */
public final class Reclaim {

    private static final int ROUNDS = 16;
    private static final long FIRST_PAUSE = 100_000; // nanoseconds; doubled up to 64 times, so 70 milliseconds in all

    private final Arenas arenas;
    private final CacheRegistry caches;

    /**
     * Builds it.
     *
     * @param arenas are reclaimed from
     * @param caches are reclaimed from
     */
    public Reclaim(Arenas arenas, CacheRegistry caches) {
        this.arenas = arenas;
        this.caches = caches;
    }

    /**
     * Finds a magazine with rounds after all.
     *
     * @param sizeClass of the rounds
     * @return a magazine held by the caller, or null if there is truly no room
     */
    public @Nullable Magazine takeLoaded(int sizeClass) {
        Magazine elsewhere = arenas.takeLoadedAnywhere(sizeClass);
        return elsewhere != null ? elsewhere : retry(() -> arenas.takeLoadedAnywhere(sizeClass));
    }

    /**
     * Tries something again after each step, until it succeeds.
     *
     * @param attempt gives null when it fails
     * @return what it gave, or null if there is truly no room
     * @param <T> what it gives
     */
    public <T> @Nullable T retry(Supplier<@Nullable T> attempt) {
        for (int round = 0; round < ROUNDS; round++) {
            arenas.emptyDepots();
            T result = attempt.get();
            if (result == null) {
                caches.revokeAll(arenas::put);
                arenas.emptyDepots();
                result = attempt.get();
            }
            if (result == null) {
                arenas.purgeFreeRuns();
                result = attempt.get();
            }
            if (result != null || !arenas.areHandsBusy()) {
                return result;
            }
            LockSupport.parkNanos(FIRST_PAUSE << Math.min(round, 6));
        }
        return null;
    }
}
