/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.netty.util.internal.PlatformDependent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an allocator shall be made of. For each kind of buffer there is a pool: one that is given and remains the
 * giver's, or one that the allocator creates from settings and closes.
 */
public final class MagpoolByteBufAllocatorBuilder {

    @Nullable BufferPool directPool;
    @Nullable PoolConfig directConfig;
    @Nullable BufferPool heapPool;
    @Nullable PoolConfig heapConfig;
    boolean preferDirect = !PlatformDependent.isExplicitNoPreferDirect();
    boolean heapFallback;

    MagpoolByteBufAllocatorBuilder() {}

    /**
     * Takes direct buffers from a pool that remains the caller's.
     *
     * @param pool a pool of {@link PoolConfig.Storage#OFF_HEAP}; nobody else may
     *        {@linkplain io.magpool.api.PooledBuffer#attach attach} anything to its buffers
     * @return this builder
     */
    public MagpoolByteBufAllocatorBuilder directPool(BufferPool pool) {
        this.directPool = Objects.requireNonNull(pool, "pool");
        this.directConfig = null;
        return this;
    }

    /**
     * Takes direct buffers from a pool that the allocator creates. Default: {@link PoolConfig#defaults()}.
     *
     * @param config the pool's settings
     * @return this builder
     * @throws IllegalArgumentException if the storage is not {@link PoolConfig.Storage#OFF_HEAP}
     */
    public MagpoolByteBufAllocatorBuilder directPool(PoolConfig config) {
        this.directConfig = checked(config, PoolConfig.Storage.OFF_HEAP);
        this.directPool = null;
        return this;
    }

    /**
     * Takes heap buffers from a pool that remains the caller's.
     *
     * @param pool a pool of {@link PoolConfig.Storage#HEAP}; nobody else may
     *        {@linkplain io.magpool.api.PooledBuffer#attach attach} anything to its buffers
     * @return this builder
     */
    public MagpoolByteBufAllocatorBuilder heapPool(BufferPool pool) {
        this.heapPool = Objects.requireNonNull(pool, "pool");
        this.heapConfig = null;
        return this;
    }

    /**
     * Takes heap buffers from a pool that the allocator creates when the first of them is asked for. Default: a pool with
     * the name of the direct one, {@code -heap} behind it, and what system properties and defaults say.
     *
     * @param config the pool's settings
     * @return this builder
     * @throws IllegalArgumentException if the storage is not {@link PoolConfig.Storage#HEAP}
     */
    public MagpoolByteBufAllocatorBuilder heapPool(PoolConfig config) {
        this.heapConfig = checked(config, PoolConfig.Storage.HEAP);
        this.heapPool = null;
        return this;
    }

    /**
     * Sets what {@link MagpoolByteBufAllocator#buffer()} gives. Default: true, or false with
     * {@code -Dio.netty.noPreferDirect=true}.
     *
     * @param value true for direct buffers, false for heap buffers
     * @return this builder
     */
    public MagpoolByteBufAllocatorBuilder preferDirect(boolean value) {
        this.preferDirect = value;
        return this;
    }

    /**
     * Sets whether a heap buffer stands in where there is no memory for a direct one and the caller left the choice to
     * the allocator: {@code buffer} and {@code ioBuffer}. Default: false, an {@link OutOfMemoryError}.
     *
     * <p>Each one is counted, {@link MagpoolByteBufAllocatorMetric#heapFallbacks()}, and every doubling of their number is
     * a warning in the log. {@code directBuffer} never gives a heap buffer: who calls it, such as Netty's native
     * transports, relies on an address. A direct buffer that has no room to grow stays direct, and throws.
     *
     * @param value whether
     * @return this builder
     */
    public MagpoolByteBufAllocatorBuilder heapFallback(boolean value) {
        this.heapFallback = value;
        return this;
    }

    /**
     * Builds the allocator.
     *
     * @return a new allocator, owned by the caller, who closes it
     * @throws IllegalArgumentException if one pool was given for both kinds
     * @throws IllegalStateException if a pool has an allocator already, or no implementation of the pool is present
     * @throws io.magpool.api.MemoryRefusedException if the operating system refuses what a pool needs to start
     */
    public MagpoolByteBufAllocator build() {
        return new MagpoolByteBufAllocator(this, true);
    }

    private static PoolConfig checked(PoolConfig config, PoolConfig.Storage storage) {
        if (config.storage() != storage) {
            throw new IllegalArgumentException("storage of " + config.name() + " is " + config.storage()
                    + ": must be " + storage + " for buffers of this kind");
        }
        return config;
    }
}
