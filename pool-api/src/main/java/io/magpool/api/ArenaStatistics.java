/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/**
 * What one arena holds. A chunk belongs to the arena whose slab it was cut from, and may lie in any arena's depot: while the pool
 * is quiet {@code carved = outside + free + purged}, and the sums over all arenas are those of {@link PoolStatistics}.
 *
 * <p>Counted is what its depots could not serve: refills, carves and steals; and what went back. Acquires, releases, exchanges,
 * refusals and waits are not told apart by arena: they are a thread's, on whatever core it is at the moment.
 */
public interface ArenaStatistics {

    /**
     * Returns its number.
     *
     * @return from 0
     */
    int arena();

    /**
     * Counts its slabs.
     *
     * @return a number of slabs
     */
    int slabs();

    /**
     * Returns how much its slabs are cut into.
     *
     * @return bytes of chunks
     */
    long carvedBytes();

    /**
     * Returns how much of its slabs is elsewhere: acquired, quarantined, lost, or in magazines of threads and depots.
     *
     * @return bytes of chunks
     */
    long outsideBytes();

    /**
     * Returns how much lies free in its slabs with pages behind it.
     *
     * @return bytes of chunks
     */
    long freeBytes();

    /**
     * Returns how much lies free in its slabs without pages behind it.
     *
     * @return bytes of chunks
     */
    long purgedBytes();

    /**
     * Returns how much is charged for its slabs.
     *
     * @return bytes of pages
     */
    long backedBytes();

    /**
     * Returns how much its depots hold ready, of any arena's slabs.
     *
     * @return bytes of chunks
     */
    long cachedInDepotsBytes();

    /**
     * Counts magazines that threads on its core filled from a slab.
     *
     * @return a number of refills since the pool was created
     */
    long refills();

    /**
     * Counts slabs that were cut for it.
     *
     * @return a number of slabs since the pool was created
     */
    long carves();

    /**
     * Counts full magazines that it took from a neighbour.
     *
     * @return a number of magazines since the pool was created
     */
    long steals();

    /**
     * Counts what trims gave back of its slabs.
     *
     * @return bytes since the pool was created
     */
    long trimmedBytes();
}
