/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import java.lang.foreign.MemorySegment;

/** The two kinds of buffers, which keep the same promises. */
enum Kind {
    DIRECT {
        @Override
        ByteBuf buffer(MagpoolByteBufAllocator allocator, int capacity, int maxCapacity) {
            return allocator.directBuffer(capacity, maxCapacity);
        }

        @Override
        CompositeByteBuf composite(MagpoolByteBufAllocator allocator) {
            return allocator.compositeDirectBuffer();
        }
    },
    HEAP {
        @Override
        ByteBuf buffer(MagpoolByteBufAllocator allocator, int capacity, int maxCapacity) {
            return allocator.heapBuffer(capacity, maxCapacity);
        }

        @Override
        CompositeByteBuf composite(MagpoolByteBufAllocator allocator) {
            return allocator.compositeHeapBuffer();
        }
    };

    abstract ByteBuf buffer(MagpoolByteBufAllocator allocator, int capacity, int maxCapacity);

    abstract CompositeByteBuf composite(MagpoolByteBufAllocator allocator);

    ByteBuf buffer(MagpoolByteBufAllocator allocator, int capacity) {
        return buffer(allocator, capacity, Integer.MAX_VALUE);
    }

    Kind other() {
        return this == DIRECT ? HEAP : DIRECT;
    }

    /** Where a buffer's memory is, to be compared. */
    static MemorySegment place(ByteBuf buf) {
        return TestAllocators.root(buf).memory;
    }
}
