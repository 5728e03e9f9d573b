/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.api.PoolConfig;
import io.magpool.benchmarks.rows.JvmFlags;
import io.magpool.netty.MagpoolByteBufAllocator;

/** Magpool's direct buffers. This class is the one place that says by which policy the pool gives memory back. */
final class MagpoolMemory extends ByteBufMemory {

    private final MagpoolByteBufAllocator allocator;

    MagpoolMemory() {
        this(MagpoolByteBufAllocator.create(config()));
    }

    private MagpoolMemory(MagpoolByteBufAllocator allocator) {
        super(allocator);
        this.allocator = allocator;
    }

    /** POLICY: configured here, for all experiments. */
    private static PoolConfig config() {
        return PoolConfig.builder().name("experiment").maxBytes(JvmFlags.OFF_HEAP_BYTES).build();
    }

    /** POLICY: what is done by hand goes here. The calling thread gives up its cache. */
    @Override
    void trim() {
        allocator.pool().trimCurrentThread();
    }

    @Override
    public void close() {
        allocator.pool().abandon();
    }
}
