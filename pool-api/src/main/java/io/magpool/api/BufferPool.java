/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import io.magpool.api.spi.BufferPoolProvider;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * A pool of off-heap buffers after Bonwick and Adams, "Magazines and Vmem" (USENIX 2001): each thread acquires from and
 * releases to magazines of its own, and whole magazines travel between threads through a depot.
 *
 * <p>All methods may be called on any thread, also on virtual threads. A buffer may be released on another thread than
 * the one that acquired it.
 */
public interface BufferPool extends AutoCloseable {

    /**
     * Creates a pool.
     *
     * @param config the settings
     * @return a new pool, owned by the caller, who closes it
     * @throws IllegalStateException if no implementation is present
     * @throws MemoryRefusedException if the operating system refuses what the pool needs to start
     */
    static BufferPool create(PoolConfig config) {
        Objects.requireNonNull(config, "config");
        return ServiceLoader.load(BufferPoolProvider.class, BufferPool.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no implementation of io.magpool.api found: add the artifact io.magpool:pool-impl"))
                .create(config);
    }

    /**
     * Acquires a buffer. Never waits for another thread.
     *
     * @param atLeast the size that is needed, in bytes; 0 or more
     * @return a buffer owned by the caller; its content is undefined
     * @throws IllegalArgumentException if the size is negative or larger than any buffer can be
     * @throws PoolExhaustedException if the pool's limit leaves no room for it
     * @throws MemoryRefusedException if the operating system refuses the memory
     * @throws PoolClosedException if the pool is closed
     */
    PooledBuffer acquire(long atLeast);

    /**
     * Acquires a buffer, or returns null where {@link #acquire(long)} throws {@link PoolExhaustedException}.
     *
     * @param atLeast the size that is needed, in bytes; 0 or more
     * @return a buffer owned by the caller, or null if the pool's limit leaves no room for it
     * @throws IllegalArgumentException if the size is negative or larger than any buffer can be
     * @throws MemoryRefusedException if the operating system refuses the memory
     * @throws PoolClosedException if the pool is closed
     */
    @Nullable PooledBuffer tryAcquire(long atLeast);

    /**
     * Acquires a buffer with further wishes: zeroed, aligned, or waiting for room for a bounded time.
     *
     * @param request the wishes
     * @return a buffer owned by the caller
     * @throws IllegalArgumentException if no buffer can have that size with that alignment
     * @throws PoolExhaustedException if the pool's limit leaves no room for it, at the latest when the request's
     *         waiting time is over
     * @throws MemoryRefusedException if the operating system refuses the memory
     * @throws PoolClosedException if the pool is closed, also while waiting
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    PooledBuffer acquire(BufferRequest request) throws InterruptedException;

    /**
     * Counts what the pool holds. Walks the pool: for monitoring, not for each operation. Exact while nothing is
     * acquired or released meanwhile.
     *
     * @return a snapshot
     */
    PoolStatistics statistics();

    /**
     * Says where the buffers that are out now were acquired, as far as that is remembered: see
     * {@link PoolConfig#safety()} and {@link PoolConfig#leakDetection()}.
     *
     * @return the places, that of the most bytes first
     */
    default List<AcquisitionSite> acquisitionSites() {
        return List.of();
    }

    /**
     * Gives up what the calling thread has cached, so that other threads may use it. Useful before a thread falls idle
     * for long. On a virtual thread there is nothing to give up.
     */
    void trimCurrentThread();

    /**
     * Closes the pool and gives its memory back to the operating system. Idempotent.
     *
     * <p>If buffers are still acquired, new acquires are refused, what is not in use is given back at once, and the rest
     * goes when the last buffer is released: nothing is unmapped under a buffer that is in use.
     *
     * @throws IllegalStateException if buffers are still acquired; its message says how many, of which sizes,
     *         and where those were acquired that are followed. The
     *         pool is closed all the same.
     */
    @Override
    void close();

    /**
     * Closes the pool like {@link #close()}, but reports instead of throwing.
     *
     * @return what was still acquired
     */
    CloseReport abandon();
}
