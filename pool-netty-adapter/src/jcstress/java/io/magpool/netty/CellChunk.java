/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A chunk of no pool: a few bytes, of which it keeps the sum when it is released. */
final class CellChunk implements PooledBuffer {

    @SuppressWarnings("NullAway") // nobody asks for the allocator or the pool
    private static final BufferSource NOWHERE = new BufferSource(null, null, BufferSource.Kind.HEAP);

    private final byte[] bytes;
    private int sumAtRelease = -1;

    CellChunk(int capacity) {
        bytes = new byte[capacity];
    }

    MagpoolByteBuf buffer() {
        return new MagpoolHeapByteBuf(NOWHERE, this);
    }

    int sumAtRelease() {
        return sumAtRelease;
    }

    @Override
    public void release() {
        int sum = 0;
        for (byte each : bytes) {
            sum += each;
        }
        sumAtRelease = sum;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public long capacity() {
        return bytes.length;
    }

    @Override
    public boolean hasArray() {
        return true;
    }

    @Override
    public byte[] array() {
        return bytes;
    }

    @Override
    public MemorySegment segment() {
        return MemorySegment.ofArray(bytes);
    }

    @Override
    public ByteBuffer byteBuffer() {
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public long address() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PooledBuffer reallocate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object attachment() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void attach(Object wrapper) {
        throw new UnsupportedOperationException();
    }
}
