/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

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
     * See {@link PoolStatistics#table()}.
     *
     * @return text for people
     */
    String dump();

    /**
     * Says what is out or lost, by place of acquisition, as far as that is known: see
     * {@link BufferPool#acquisitionSites()}.
     *
     * @return text for people
     */
    String leaks();
}
