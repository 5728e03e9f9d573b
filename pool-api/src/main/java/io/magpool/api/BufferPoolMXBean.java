/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.util.List;
import java.util.Map;

/**
 * A pool as JMX shows it, under {@code io.magpool:type=BufferPool,name=<pool name>}. Where that name is taken by another pool,
 * a key {@code number} tells them apart. Registered when the pool is created, unless {@link PoolConfig#jmx()} says no, and
 * unregistered when it is closed. Each attribute walks the pool: for monitoring, not for each operation.
 */
public interface BufferPoolMXBean {

    /**
     * See {@link PoolStatistics#maxBytes()}.
     *
     * @return bytes
     */
    long getMaxBytes();

    /**
     * See {@link PoolStatistics#reservedBytes()}.
     *
     * @return bytes
     */
    long getReservedBytes();

    /**
     * See {@link PoolStatistics#chargedBytes()}.
     *
     * @return bytes
     */
    long getChargedBytes();

    /**
     * See {@link PoolStatistics#setAsideBytes()}.
     *
     * @return bytes
     */
    long getSetAsideBytes();

    /**
     * See {@link PoolStatistics#children()}.
     *
     * @return their names, under which they are shown too
     */
    String[] getChildren();

    /**
     * See {@link PoolStatistics#acquiredBytes()}.
     *
     * @return bytes
     */
    long getAcquiredBytes();

    /**
     * See {@link PoolStatistics#quarantinedBytes()}.
     *
     * @return bytes
     */
    long getQuarantinedBytes();

    /**
     * See {@link PoolStatistics#lostBytes()}.
     *
     * @return bytes
     */
    long getLostBytes();

    /**
     * See {@link PoolStatistics#cachedInThreadsBytes()}.
     *
     * @return bytes
     */
    long getCachedInThreadsBytes();

    /**
     * See {@link PoolStatistics#cachedInDepotsBytes()}.
     *
     * @return bytes
     */
    long getCachedInDepotsBytes();

    /**
     * See {@link PoolStatistics#freeBytes()}.
     *
     * @return bytes
     */
    long getFreeBytes();

    /**
     * See {@link PoolStatistics#purgedBytes()}.
     *
     * @return bytes
     */
    long getPurgedBytes();

    /**
     * See {@link PoolStatistics#carvedBytes()}.
     *
     * @return bytes
     */
    long getCarvedBytes();

    /**
     * See {@link PoolStatistics#largeBytes()}.
     *
     * @return bytes
     */
    long getLargeBytes();

    /**
     * See {@link PoolStatistics#cachedLargeBytes()}.
     *
     * @return bytes
     */
    long getCachedLargeBytes();

    /**
     * See {@link PoolStatistics#acquires()}.
     *
     * @return a number of operations
     */
    long getAcquires();

    /**
     * See {@link PoolStatistics#releases()}.
     *
     * @return a number of operations
     */
    long getReleases();

    /**
     * See {@link PoolStatistics#refusals()}.
     *
     * @return a number of operations
     */
    long getRefusals();

    /**
     * See {@link PoolStatistics#residentBytes()}.
     *
     * @return bytes, or -1 where this cannot be told
     */
    long getResidentBytes();

    /**
     * See {@link PoolStatistics#backedBytes()}.
     *
     * @return bytes
     */
    long getBackedBytes();

    /**
     * See {@link PoolStatistics#askedBytes()}.
     *
     * @return bytes
     */
    long getAskedBytes();

    /**
     * See {@link PoolStatistics#threadCaches()}.
     *
     * @return a number of caches
     */
    int getThreadCaches();

    /**
     * See {@link PoolStatistics#exchanges()}.
     *
     * @return a number of magazines
     */
    long getExchanges();

    /**
     * See {@link PoolStatistics#steals()}.
     *
     * @return a number of magazines
     */
    long getSteals();

    /**
     * See {@link PoolStatistics#refills()}.
     *
     * @return a number of magazines
     */
    long getRefills();

    /**
     * See {@link PoolStatistics#carves()}.
     *
     * @return a number of slabs
     */
    long getCarves();

    /**
     * See {@link PoolStatistics#waits()}.
     *
     * @return a number of operations
     */
    long getWaits();

    /**
     * See {@link PoolStatistics#waiting()}.
     *
     * @return a recent figure
     */
    int getWaiting();

    /**
     * See {@link PoolStatistics#trims()}.
     *
     * @return a number of trims
     */
    long getTrims();

    /**
     * See {@link PoolStatistics#trimmedBytes()}.
     *
     * @return bytes
     */
    long getTrimmedBytes();

    /**
     * See {@link PoolStatistics#sizeClasses()}.
     *
     * @return of each size class the terms of {@link SizeClassStatistics} by their names, smallest class first
     */
    List<Map<String, Long>> getSizeClasses();

    /**
     * See {@link PoolStatistics#byArena()}.
     *
     * @return of each arena the terms of {@link ArenaStatistics} by their names; those of children follow
     */
    List<Map<String, Long>> getByArena();

    /**
     * See {@link BufferPool#trim(TrimDepth)}.
     *
     * @param depth how far to go
     * @return what it did, for people
     */
    String trim(TrimDepth depth);

    /**
     * See {@link BufferPool#dump(DumpFormat)} and {@link DumpFormat#TEXT}.
     *
     * @return text for people
     */
    String dump();

    /**
     * See {@link BufferPool#dump(DumpFormat)} and {@link DumpFormat#HTML}.
     *
     * @return a page for browsers
     */
    String dumpHtml();

    /**
     * Says what is out or lost, by place of acquisition, as far as that is known: see
     * {@link BufferPool#acquisitionSites()}.
     *
     * @return text for people
     */
    String leaks();
}
