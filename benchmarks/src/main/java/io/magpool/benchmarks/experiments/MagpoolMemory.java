/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimPolicy;
import io.magpool.benchmarks.rows.JvmFlags;
import io.magpool.netty.MagpoolByteBufAllocator;
import java.time.Duration;

/** Magpool's direct buffers, with a policy by which they go back. */
final class MagpoolMemory extends ByteBufMemory {

    private final MagpoolByteBufAllocator allocator;

    /** Asks the policy as often as by default, on the pool's own thread. */
    MagpoolMemory(TrimPolicy policy) {
        this(config(policy));
    }

    /** Asks the policy at other intervals. */
    MagpoolMemory(TrimPolicy policy, Duration interval) {
        this(config(policy).trimInterval(interval));
    }

    private MagpoolMemory(PoolConfig.Builder config) {
        this(MagpoolByteBufAllocator.create(config.build()));
    }

    private MagpoolMemory(MagpoolByteBufAllocator allocator) {
        super(allocator);
        this.allocator = allocator;
    }

    /** Has no thread: whoever wants to know when it trims calls {@link BufferPool#maintain()} himself. */
    static MagpoolMemory maintainedByHand(TrimPolicy policy) {
        return new MagpoolMemory(config(policy).maintenance(PoolConfig.Maintenance.MANUAL));
    }

    private static PoolConfig.Builder config(TrimPolicy policy) {
        return PoolConfig.builder().name("experiment").maxBytes(JvmFlags.OFF_HEAP_BYTES).trim(policy);
    }

    BufferPool pool() {
        return allocator.pool();
    }

    @Override
    void trim() {
        allocator.pool().trim(TrimDepth.FULL);
    }

    @Override
    public void close() {
        allocator.pool().abandon();
    }
}
