/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The heap buffers of a Netty allocator, as code that uses Netty sees them. */
final class HeapByteBufSubject extends Subject {

    private final ByteBufAllocator allocator;
    private final Runnable end;

    HeapByteBufSubject(ByteBufAllocator allocator, Runnable end) {
        this.allocator = allocator;
        this.end = end;
    }

    @Override
    public Object acquire(int size) {
        ByteBuf buffer = allocator.heapBuffer(size);
        buffer.setLong(0, FIRST_BYTES);
        buffer.setByte(size - 1, LAST_BYTE);
        return buffer;
    }

    @Override
    public void release(Object buffer) {
        ((ByteBuf) buffer).release();
    }

    @Override
    public void close() {
        end.run();
    }
}
