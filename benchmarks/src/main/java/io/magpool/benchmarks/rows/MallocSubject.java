/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The C library's allocator, called the cheapest way there is: critical downcalls, without a thread transition. */
final class MallocSubject extends Subject {

    private static final MethodHandle MALLOC = downcall("malloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
    private static final MethodHandle FREE = downcall("free", FunctionDescriptor.ofVoid(ADDRESS));

    @SuppressWarnings("restricted")
    private static MethodHandle downcall(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().findOrThrow(name);
        return linker.downcallHandle(function, type, Linker.Option.critical(false));
    }

    @Override
    public Object acquire(int size) {
        MemorySegment buffer = malloc(size);
        buffer.set(JAVA_LONG_UNALIGNED, 0, FIRST_BYTES);
        buffer.set(JAVA_BYTE, size - 1, LAST_BYTE);
        return buffer;
    }

    @Override
    public void release(Object buffer) {
        free((MemorySegment) buffer);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment malloc(long size) {
        MemorySegment start;
        try {
            start = (MemorySegment) MALLOC.invokeExact(size);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
        if (start.address() == 0) {
            throw new OutOfMemoryError("malloc of " + size + " bytes");
        }
        return start.reinterpret(size);
    }

    private static void free(MemorySegment buffer) {
        try {
            FREE.invokeExact(buffer);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
