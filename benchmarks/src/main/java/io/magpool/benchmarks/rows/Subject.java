/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

/**
 * An allocator under measurement: what all rows can do, whatever they call a buffer.
 *
 * <p>A measuring JVM loads one subclass only, so the JIT binds the calls statically; the cast from {@code Object} is a
 * compare with a class that it knows. Any thread may acquire and release, unless the row says otherwise.
 */
public abstract class Subject implements AutoCloseable {

    /** The long that each buffer begins with. */
    static final long FIRST_BYTES = 0x0123_4567_89AB_CDEFL;
    /** The byte that each buffer ends with. */
    static final byte LAST_BYTE = 1;

    /**
     * Acquires a buffer and touches both ends of it: a long at the start, a byte at the end.
     *
     * @param size bytes, 9 or more
     * @return the buffer
     */
    public abstract Object acquire(int size);

    /**
     * Releases a buffer.
     *
     * @param buffer what {@link #acquire(int)} returned
     */
    public abstract void release(Object buffer);

    /** Gives back what the allocator has, where it can. Another thread may still hold buffers. */
    @Override
    public void close() {}
}
