/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.magpool.api.BufferPool;
import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;

/** Magpool without Netty. */
final class PoolSubject extends Subject {

    private final BufferPool pool;

    PoolSubject(BufferPool pool) {
        this.pool = pool;
    }

    @Override
    public Object acquire(int size) {
        PooledBuffer buffer = pool.acquire(size);
        MemorySegment segment = buffer.segment();
        segment.set(JAVA_LONG_UNALIGNED, 0, FIRST_BYTES);
        segment.set(JAVA_BYTE, size - 1, LAST_BYTE);
        return buffer;
    }

    @Override
    public void release(Object buffer) {
        ((PooledBuffer) buffer).release();
    }

    @Override
    public void close() {
        pool.abandon();
    }
}
