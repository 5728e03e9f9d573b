/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** An allocator that is misused. What it hands out is accessed by its own face, or by the address as native code does. */
interface Target {

    Object acquire(int size);

    void release(Object buffer);

    /** Reads a byte by the allocator's own face; by the address where there is nothing else. */
    byte read(Object buffer, int at);

    /** Writes a byte in the same way. */
    void write(Object buffer, int at, byte value);

    /** Returns where a buffer began when it was acquired; asks nobody, and so works for what was released. */
    long address(Object buffer);

    /** Tells whether there is a face beside the address, one that could refuse. */
    boolean hasFace();

    /** Releases an address inside a buffer. Only where addresses are released. */
    default void releaseInside(Object buffer) {
        throw new UnsupportedOperationException();
    }

    /** Lets the allocator look for what it can find by itself. */
    default void lookAround() {}

    /** Ends the allocator, if it can be ended. */
    default void close() {}

    /** Returns what it has reported until now, other than by exceptions and to the console. */
    default List<String> reports() {
        return List.of();
    }

    /** Writes a byte by the address. */
    @SuppressWarnings("restricted")
    default void writeByAddress(Object buffer, int at, byte value) {
        MemorySegment.ofAddress(address(buffer)).reinterpret(at + 1L).set(ValueLayout.JAVA_BYTE, at, value);
    }

    /** Reads a byte by the address. */
    @SuppressWarnings("restricted")
    default byte readByAddress(Object buffer, int at) {
        return MemorySegment.ofAddress(address(buffer)).reinterpret(at + 1L).get(ValueLayout.JAVA_BYTE, at);
    }
}
