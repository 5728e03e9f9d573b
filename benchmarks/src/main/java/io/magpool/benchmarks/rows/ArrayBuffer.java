/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A buffer of an {@link ArrayPool}. Like the pool it checks nothing. */
final class ArrayBuffer implements PooledBuffer {

    private final ArrayPool.Stack home;
    private final int number;
    private final MemorySegment memory;
    private final ByteBuffer view;
    private final long address;
    private long size;
    private @Nullable Object attachment;

    ArrayBuffer(ArrayPool.Stack home, int number, MemorySegment memory) {
        this.home = home;
        this.number = number;
        this.memory = memory;
        this.view = memory.asByteBuffer();
        this.address = memory.address();
    }

    void acquired(long bytes) {
        this.size = bytes;
    }

    @Override
    public void release() {
        home.push(number);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long capacity() {
        return view.capacity();
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public boolean hasArray() {
        return false;
    }

    @Override
    public byte[] array() {
        throw new IllegalStateException("the memory is off the heap");
    }

    @Override
    public MemorySegment segment() {
        return memory;
    }

    @Override
    public ByteBuffer byteBuffer() {
        return view;
    }

    @Override
    public PooledBuffer reallocate(long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object wrapper) {
        this.attachment = wrapper;
    }
}
