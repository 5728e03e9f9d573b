/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import io.netty.buffer.ByteBufAllocatorMetric;
import java.util.concurrent.atomic.LongAdder;

/** How much memory an allocator has: for direct buffers what its pool holds, for heap buffers what users hold. */
final class Usage implements ByteBufAllocatorMetric {

    private final BufferPool pool;
    private final LongAdder heap = new LongAdder();

    Usage(BufferPool pool) {
        this.pool = pool;
    }

    void heapTaken(int bytes) {
        heap.add(bytes);
    }

    void heapGiven(int bytes) {
        heap.add(-bytes);
    }

    @Override
    public long usedHeapMemory() {
        return heap.sum();
    }

    @Override
    public long usedDirectMemory() {
        return pool.statistics().chargedBytes();
    }

    @Override
    public String toString() {
        return "Usage(heap: " + usedHeapMemory() + ", direct: " + usedDirectMemory() + ')';
    }
}
