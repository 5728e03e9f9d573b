/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.PoolConfig;
import io.netty.buffer.ByteBuf;

/** Builds allocators for tests, and looks under the wrappers that leak detection puts around their buffers. */
final class TestAllocators {

    static final long MIB = 1L << 20;

    private TestAllocators() {}

    static MagpoolByteBufAllocator withLimit(long maxBytes) {
        return MagpoolByteBufAllocator.builder()
                .directPool(PoolConfig.builder().maxBytes(maxBytes).build())
                .heapPool(heapConfig(maxBytes))
                .build();
    }

    static MagpoolByteBuf root(ByteBuf buf) {
        ByteBuf next = buf;
        while (!(next instanceof MagpoolByteBuf)) {
            next = next.unwrap();
        }
        return (MagpoolByteBuf) next;
    }

    static PoolConfig heapConfig(long maxBytes) {
        return PoolConfig.builder().storage(PoolConfig.Storage.HEAP).maxBytes(maxBytes).build();
    }

    /** What users hold, in bytes, of both kinds. */
    static long acquired(MagpoolByteBufAllocator allocator) {
        return allocator.pool().statistics().acquiredBytes()
                + allocator.heapPool().map(pool -> pool.statistics().acquiredBytes()).orElse(0L);
    }
}
