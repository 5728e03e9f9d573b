/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import io.netty.buffer.ByteBufAllocatorMetric;
import org.jspecify.annotations.Nullable;

/**
 * How much memory an allocator has, and how often it had none.
 *
 * <p>Each figure of bytes is what a pool charges against its limit at the moment of the call,
 * {@link io.magpool.api.PoolStatistics#chargedBytes()}: what users hold, what lies ready for them, and the rest of the
 * pages that these touch. It is exact, and walks the pool: for monitoring, not for each operation.
 */
public final class MagpoolByteBufAllocatorMetric implements ByteBufAllocatorMetric {

    private final AllocatorPools pools;
    private final HeapFallback fallback;

    MagpoolByteBufAllocatorMetric(AllocatorPools pools, HeapFallback fallback) {
        this.pools = pools;
        this.fallback = fallback;
    }

    /**
     * Returns what the pool of the heap buffers is charged with.
     *
     * @return bytes; 0 while no heap buffer was needed
     */
    @Override
    public long usedHeapMemory() {
        return charged(pools.heapIfPresent());
    }

    /**
     * Returns what the pool of the direct buffers is charged with.
     *
     * @return bytes
     */
    @Override
    public long usedDirectMemory() {
        return charged(pools.direct().pool);
    }

    /**
     * Counts the heap buffers that were handed out because there was no room for direct ones. Always 0 unless the
     * allocator was built with {@link MagpoolByteBufAllocatorBuilder#heapFallback}.
     *
     * @return a number of buffers since the allocator was built
     */
    public long heapFallbacks() {
        return fallback.count();
    }

    private static long charged(@Nullable BufferPool pool) {
        return pool == null ? 0 : pool.statistics().chargedBytes();
    }

    @Override
    public String toString() {
        return "MagpoolByteBufAllocatorMetric(usedHeapMemory: " + usedHeapMemory() + ", usedDirectMemory: "
                + usedDirectMemory() + ", heapFallbacks: " + heapFallbacks() + ')';
    }
}
