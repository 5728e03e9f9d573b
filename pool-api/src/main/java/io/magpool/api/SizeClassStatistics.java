/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/**
 * What a pool holds of one size class, counted in chunks. The terms add up as {@link PoolStatistics} says.
 *
 * <p>While the pool is quiet {@code acquires - releases = acquired}, as long as nothing was lost.
 */
public interface SizeClassStatistics {

    /**
     * Returns the size of each chunk.
     *
     * @return bytes
     */
    int chunkBytes();

    /**
     * Returns how many chunks fit in a magazine.
     *
     * @return a number of chunks
     */
    int magazineCapacity();

    /**
     * Counts the chunks that slabs are cut into.
     *
     * @return a number of chunks
     */
    long carved();

    /**
     * Counts the chunks that users hold.
     *
     * @return a number of chunks
     */
    long acquired();

    /**
     * Counts chunks that were released and are kept back for a while.
     *
     * @return a number of chunks
     */
    long quarantined();

    /**
     * Counts chunks that became unreachable without a release and are not used again.
     *
     * @return a number of chunks
     */
    long lost();

    /**
     * Counts the chunks in the magazines of threads.
     *
     * @return a number of chunks
     */
    long cachedInThreads();

    /**
     * Counts the chunks in the magazines of depots.
     *
     * @return a number of chunks
     */
    long cachedInDepots();

    /**
     * Counts the chunks that lie free in slabs with pages behind them.
     *
     * @return a number of chunks
     */
    long free();

    /**
     * Counts the chunks that lie free in slabs without pages behind them.
     *
     * @return a number of chunks
     */
    long purged();

    /**
     * Returns how much the users of the acquired chunks have asked for.
     *
     * @return bytes, at most {@code acquired * chunkBytes}
     */
    long askedBytes();

    /**
     * Counts acquires of such a size that were given a chunk.
     *
     * @return a number of acquires since the pool was created
     */
    long acquires();

    /**
     * Counts releases of such chunks.
     *
     * @return a number of releases since the pool was created
     */
    long releases();

    /**
     * Counts magazines taken from or given to a depot.
     *
     * @return a number of magazines since the pool was created
     */
    long exchanges();

    /**
     * Counts magazines filled from a slab.
     *
     * @return a number of refills since the pool was created
     */
    long refills();

    /**
     * Counts slabs that were cut into such chunks.
     *
     * @return a number of slabs since the pool was created
     */
    long carves();

    /**
     * Counts full magazines that an arena took from a neighbour.
     *
     * @return a number of magazines since the pool was created
     */
    long steals();

    /**
     * Counts acquires of such a size that the limit refused.
     *
     * @return a number of acquires since the pool was created
     */
    long refusals();

    /**
     * Counts acquires of such a size that stood in line.
     *
     * @return a number of acquires since the pool was created
     */
    long waits();

    /**
     * Counts what trims gave back of slabs of such chunks.
     *
     * @return bytes since the pool was created
     */
    long trimmedBytes();
}
