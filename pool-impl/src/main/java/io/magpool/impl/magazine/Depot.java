/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.Generations;
import io.magpool.impl.concurrent.NumberedTable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The magazines of one size class that no thread holds: those with rounds and those without. Lock-free.
 *
 * <p>Both kinds stand in two generations. What was not wanted for a whole interval is what Bonwick's working set leaves
 * over: rounds that can go home, and magazines that are not needed.
 */
public final class Depot {

    private final NumberedTable<Magazine> magazines;
    private final Generations<Magazine> loaded;
    private final Generations<Magazine> empty;

    /**
     * Builds an empty depot.
     *
     * @param magazines the pool's table of magazines
     */
    public Depot(NumberedTable<Magazine> magazines) {
        this.magazines = magazines;
        this.loaded = new Generations<>(magazines);
        this.empty = new Generations<>(magazines);
    }

    /**
     * Puts a magazine in, with or without rounds.
     *
     * @param magazine held by the caller until now
     */
    public void put(Magazine magazine) {
        (magazine.isEmpty() ? empty : loaded).push(magazine);
    }

    /**
     * Takes a magazine with rounds.
     *
     * @return a magazine held by the caller from now on, or null if there is none
     */
    public @Nullable Magazine takeLoaded() {
        return loaded.pop();
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
        return loaded.popOld();
    }

    /**
     * Forgets magazines without rounds, which are built anew when they are needed again.
     *
     * @param all false for those only that nobody wanted since the generations were flipped last
     */
    public void dropEmpty(boolean all) {
        for (Magazine magazine = all ? empty.pop() : empty.popOld();
                magazine != null;
                magazine = all ? empty.pop() : empty.popOld()) {
            magazines.vacate(magazine, Magazine.VACANT);
        }
    }

    /** Begins a new interval. One thread at a time. */
    public void flip() {
        loaded.flip();
        empty.flip();
    }

    /**
     * Visits the rounds. Racy: exact while the depot is quiet, else some may be missing, and some be elsewhere by now.
     *
     * @param visitor gets numbers of chunks
     */
    public void forEachRound(IntConsumer visitor) {
        loaded.forEach(magazine -> magazine.forEachRound(visitor));
    }

    /**
     * Counts the magazines.
     *
     * @return exact while the depot is quiet, else a recent figure
     */
    public int magazines() {
        return loaded.depth() + empty.depth();
    }

    /**
     * Counts the magazines with rounds.
     *
     * @return exact while the depot is quiet, else a recent figure
     */
    public int loadedMagazines() {
        return loaded.depth();
    }

    /**
     * Counts the rounds.
     *
     * @return exact while the depot is quiet, else a recent figure
     */
    public long rounds() {
        return loaded.sum(Magazine::count);
    }
}
