/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Functions as a C program finds them: in the order in which libraries were loaded, preloaded ones first. The JDK's own
 * look-up does not do, because it begins at the C library and so never sees a {@code malloc} that was put before it.
 */
final class NativeFunctions {

    /** Search all libraries. */
    private static final MemorySegment RTLD_DEFAULT = MemorySegment.NULL;

    private static final MethodHandle DLSYM = dlsym();

    private NativeFunctions() {}

    @SuppressWarnings("restricted")
    private static MethodHandle dlsym() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("dlsym"),
                FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    }

    /** Returns where a function is, if any library has it. */
    static Optional<MemorySegment> find(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = (MemorySegment) DLSYM.invokeExact(RTLD_DEFAULT, arena.allocateFrom(name));
            return address.address() == 0 ? Optional.empty() : Optional.of(address);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** Returns a handle of a function, if any library has it. */
    @SuppressWarnings("restricted")
    static Optional<MethodHandle> handle(String name, FunctionDescriptor type, Linker.Option... options) {
        return find(name).map(function -> Linker.nativeLinker().downcallHandle(function, type, options));
    }
}
