/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.NumberedTable;
import io.magpool.impl.concurrent.VersionedStack;
import org.jspecify.annotations.Nullable;

/**
 * The magazines of one size class that no thread holds: those with rounds and those without. Lock-free.
 *
 * <p>Those with rounds stand in two generations. What is put goes on the current stack; what is taken comes from the
 * current stack first, then from the old one. Who flips the generations takes first what is left in the old one: it has
 * been untouched for a whole interval, which is what Bonwick's working set leaves over.
 */
public final class Depot {

    private final VersionedStack<Magazine> even;
    private final VersionedStack<Magazine> odd;
    private final VersionedStack<Magazine> empty;
    private volatile int epoch;

    /**
     * Builds an empty depot.
     *
     * @param magazines the pool's table of magazines
     */
    public Depot(NumberedTable<Magazine> magazines) {
        even = new VersionedStack<>(magazines);
        odd = new VersionedStack<>(magazines);
        empty = new VersionedStack<>(magazines);
    }

    private VersionedStack<Magazine> current() {
        return (epoch & 1) == 0 ? even : odd;
    }

    private VersionedStack<Magazine> old() {
        return (epoch & 1) == 0 ? odd : even;
    }

    /**
     * Puts a magazine in, with or without rounds.
     *
     * @param magazine held by the caller until now
     */
    public void put(Magazine magazine) {
        (magazine.isEmpty() ? empty : current()).push(magazine);
    }

    /**
     * Takes a magazine with rounds.
     *
     * @return a magazine held by the caller from now on, or null if there is none
     */
    public @Nullable Magazine takeLoaded() {
        Magazine magazine = current().pop();
        return magazine != null ? magazine : old().pop();
    }

    /**
     * Takes a magazine without rounds.
     *
     * @return a magazine held by the caller from now on, or null if there is none
     */
    public @Nullable Magazine takeEmpty() {
        return empty.pop();
    }

    /**
     * Takes a magazine with rounds that nobody wanted since the generations were flipped last.
     *
     * @return a magazine held by the caller from now on, or null if there is none left
     */
    public @Nullable Magazine takeIdle() {
        return old().pop();
    }

    /** Begins a new interval. One thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public void flip() {
        epoch++;
    }

    /**
     * Counts the magazines with rounds.
     *
     * @return exact while the depot is quiet, else a recent figure
     */
    public int loadedMagazines() {
        return even.depth() + odd.depth();
    }

    /**
     * Counts the rounds.
     *
     * @return exact while the depot is quiet, else a recent figure
     */
    public long rounds() {
        return even.sum(Magazine::count) + odd.sum(Magazine::count);
    }
}
