/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.magpool.benchmarks.os.NativeFunctions;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Function;

/** The {@code malloc} of this process, the C library's or a preloaded one. */
final class MallocTarget implements Target {

    private static final int INSIDE = 64;

    private final MethodHandle malloc;
    private final MethodHandle free;

    private MallocTarget(MethodHandle malloc, MethodHandle free) {
        this.malloc = malloc;
        this.free = free;
    }

    static MallocTarget found() {
        return of(NativeFunctions::find);
    }

    static MallocTarget inFirstVersion() {
        return of(NativeFunctions::findFirstVersion);
    }

    @SuppressWarnings("restricted")
    private static MallocTarget of(Function<String, Optional<MemorySegment>> find) {
        Linker linker = Linker.nativeLinker();
        return new MallocTarget(
                linker.downcallHandle(find.apply("malloc").orElseThrow(), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG)),
                linker.downcallHandle(find.apply("free").orElseThrow(), FunctionDescriptor.ofVoid(JAVA_LONG)));
    }

    @Override
    public Object acquire(int size) {
        try {
            return (long) malloc.invokeExact((long) size);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Override
    public void release(Object buffer) {
        free(address(buffer));
    }

    @Override
    public void releaseInside(Object buffer) {
        free(address(buffer) + INSIDE);
    }

    private void free(long address) {
        try {
            free.invokeExact(address);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Override
    public byte read(Object buffer, int at) {
        return readByAddress(buffer, at);
    }

    @Override
    public void write(Object buffer, int at, byte value) {
        writeByAddress(buffer, at, value);
    }

    @Override
    public long address(Object buffer) {
        return (Long) buffer;
    }

    @Override
    public boolean hasFace() {
        return false;
    }
}
