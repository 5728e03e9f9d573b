/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

/** An allocator whose memory is watched. Every buffer is written to, a byte on each page. Any thread may call. */
abstract class MemorySubject implements AutoCloseable {

    /** Acquires a buffer of so many bytes and makes all of it resident. */
    abstract Object acquire(long size);

    /** Acquires a buffer and leaves it as it is. */
    abstract Object acquireUntouched(int size);

    abstract void release(Object buffer);

    /** Returns where a buffer that is not released starts. */
    abstract long address(Object buffer);

    /** Gives back what can be given back by hand. */
    abstract void trim();

    /** Returns the bytes that the allocator says it has of the operating system, or -1 if it does not say. */
    abstract long charged();

    @Override
    public void close() {}
}
