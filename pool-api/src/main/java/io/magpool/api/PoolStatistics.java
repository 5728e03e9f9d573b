/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a pool holds, at one moment. While the pool is quiet, for each size class and in sum:
 *
 * <pre>{@code
 * acquired + quarantined + lost + cached in threads + cached in depots + free + purged = carved
 * charged = backed + large, also those quarantined and lost + cached large <= maxBytes
 * asked <= acquired, resident <= charged
 * }</pre>
 *
 * After the limit was lowered, charged may be above it until enough has been released.
 *
 * <p>A pool's figures include its children's: each term, less the same of all {@link #children()}, is what the pool itself
 * has. What closed children counted stays in the counters. That holds exactly at any time, since a snapshot is taken once
 * and then added up.
 *
 * <p>While threads are at work the terms are read one after the other and may differ by what moved meanwhile.
 */
public interface PoolStatistics {

    /**
     * Returns the pool's name.
     *
     * @return the name
     */
    String poolName();

    /**
     * Names where the memory comes from: {@code linux} or {@code portable}.
     *
     * @return a word
     */
    String memory();

    /**
     * Tells whether pages of free chunks can be given back to the operating system one by one.
     *
     * @return false where only whole slabs can be given back
     */
    boolean canPurge();

    /**
     * Names what makes the owners of thread caches visible to whoever revokes them: {@code membarrier},
     * {@code handshake} or {@code fence}.
     *
     * @return a word
     */
    String barrier();

    /**
     * Returns how many arenas there are.
     *
     * @return a number of arenas
     */
    int arenas();

    /**
     * Returns how many thread caches there are.
     *
     * @return a number of caches
     */
    int threadCaches();

    /**
     * Returns the limit.
     *
     * @return bytes
     */
    long maxBytes();

    /**
     * Returns the address space that is reserved, large buffers included, most of it without memory behind it.
     *
     * @return bytes
     */
    long reservedBytes();

    /**
     * Returns what counts against the limit: pages handed out and not given back since, plus large buffers,
     * in use or kept for the next one.
     *
     * @return bytes
     */
    long chargedBytes();

    /**
     * Returns how much is guaranteed to children and not used by them. It counts against the limit beside what is charged.
     *
     * @return bytes
     */
    default long setAsideBytes() {
        return 0;
    }

    /**
     * Returns the same for each child that is open, or closed with buffers still acquired.
     *
     * @return one entry for each child, in the order in which they were created
     */
    default List<PoolStatistics> children() {
        return List.of();
    }

    /**
     * Returns how much of what is charged stands behind chunks: pages handed out and not given back since.
     *
     * @return bytes
     */
    long backedBytes();

    /**
     * Returns how much the process really has in memory of the pool's pages, by {@code mincore}: pages are charged when
     * they are handed out, and come when somebody writes to them. The rest of what is charged is room that nobody has used,
     * or that the system has swapped out.
     *
     * @return bytes, or nothing where this cannot be told: of memory that the JVM manages
     */
    OptionalLong residentBytes();

    /**
     * Returns how much users hold, large buffers included.
     *
     * @return bytes of capacity
     */
    long acquiredBytes();

    /**
     * Returns how much of what users hold they have asked for, by acquire or reallocate; the rest of what is acquired is waste
     * inside of buffers, since sizes are rounded up.
     *
     * @return bytes of size
     */
    long askedBytes();

    /**
     * Returns how much was released and is kept back for a while, to see whether somebody writes to it still. Large
     * buffers included.
     *
     * @return bytes of capacity
     */
    long quarantinedBytes();

    /**
     * Returns how much became unreachable without a release and is not used again. Large buffers included.
     *
     * @return bytes of capacity
     */
    long lostBytes();

    /**
     * Returns how much threads hold ready in their magazines.
     *
     * @return bytes of chunks
     */
    long cachedInThreadsBytes();

    /**
     * Returns how much the depots hold ready.
     *
     * @return bytes of chunks
     */
    long cachedInDepotsBytes();

    /**
     * Returns how much lies free in slabs with pages behind it.
     *
     * @return bytes of chunks
     */
    long freeBytes();

    /**
     * Returns how much lies free in slabs without pages behind it: never handed out, or given back.
     *
     * @return bytes of chunks
     */
    long purgedBytes();

    /**
     * Returns how much the slabs in use are cut into.
     *
     * @return bytes of chunks
     */
    long carvedBytes();

    /**
     * Returns how much users hold in buffers above the largest size class.
     *
     * @return bytes
     */
    long largeBytes();

    /**
     * Returns how much lies ready for buffers above the largest size class: memory of released ones, kept for a while.
     * It is given back before an acquire is refused. What the operating system refuses to take back is counted here too.
     *
     * @return bytes
     */
    long cachedLargeBytes();

    /**
     * Counts acquires, large ones included.
     *
     * @return a number of operations since the pool was created
     */
    long acquires();

    /**
     * Counts releases, large ones included.
     *
     * @return a number of operations since the pool was created
     */
    long releases();

    /**
     * Counts magazines taken from or given to a depot.
     *
     * @return a number of magazines since the pool was created
     */
    long exchanges();

    /**
     * Counts full magazines that an arena took from a neighbour.
     *
     * @return a number of magazines since the pool was created
     */
    long steals();

    /**
     * Counts magazines filled from a slab.
     *
     * @return a number of refills since the pool was created
     */
    long refills();

    /**
     * Counts slabs that were cut into chunks.
     *
     * @return a number of slabs since the pool was created
     */
    long carves();

    /**
     * Counts acquires that the limit refused, each once: by an exception, by null, or when their waiting time was over.
     *
     * @return a number of operations since the pool was created
     */
    long refusals();

    /**
     * Counts acquires that had to wait in line for room, with or without success.
     *
     * @return a number of operations since the pool was created
     */
    long waits();

    /**
     * Counts the threads and actions that stand in line for room just now.
     *
     * @return a recent figure
     */
    int waiting();

    /**
     * Counts trims that gave something back, by the policy or by hand.
     *
     * @return a number of trims since the pool was created
     */
    long trims();

    /**
     * Returns how much trims gave back.
     *
     * @return bytes since the pool was created
     */
    long trimmedBytes();

    /**
     * Returns the same by size class, smallest first; large buffers have none. What a child did that is gone is in
     * the sums, such as {@link #exchanges()}, alone; and so are the refusals and waits of large buffers.
     *
     * @return one entry for each size class
     */
    List<SizeClassStatistics> sizeClasses();

    /**
     * Returns the same by arena: those of the pool itself, then those of its children. What a child did that is gone is in
     * the sums, such as {@link #refills()}, alone.
     *
     * @return one entry for each arena
     */
    List<ArenaStatistics> byArena();

    /**
     * Writes all of this as a table, one term to a line; while the pool is quiet the lines add up.
     *
     * @return some tens of lines of text for people
     */
    default String table() {
        return StatisticsTable.of(this);
    }
}
