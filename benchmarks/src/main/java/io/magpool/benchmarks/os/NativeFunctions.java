/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

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
public final class NativeFunctions {

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

    /**
     * Looks for a function.
     *
     * @param name of the function
     * @return where it is, if any library has it
     */
    public static Optional<MemorySegment> find(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = (MemorySegment) DLSYM.invokeExact(RTLD_DEFAULT, arena.allocateFrom(name));
            return address.address() == 0 ? Optional.empty() : Optional.of(address);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /**
     * Looks for a function in the version of the C library that came first on this machine's architecture. A program that was
     * linked finds it so, and finds what {@code libc_malloc_debug} puts before it, which {@link #find} does not.
     *
     * @param name of the function
     * @return where it is, if any library has it in that version
     */
    @SuppressWarnings("restricted")
    public static Optional<MemorySegment> findFirstVersion(String name) {
        Linker linker = Linker.nativeLinker();
        MethodHandle dlvsym = linker.downcallHandle(linker.defaultLookup().findOrThrow("dlvsym"),
                FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        String version = System.getProperty("os.arch").equals("aarch64") ? "GLIBC_2.17" : "GLIBC_2.2.5";
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = (MemorySegment) dlvsym.invokeExact(
                    RTLD_DEFAULT, arena.allocateFrom(name), arena.allocateFrom(version));
            return address.address() == 0 ? Optional.empty() : Optional.of(address);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /**
     * Looks for a function, to call it.
     *
     * @param name of the function
     * @param type its arguments and result
     * @param options as for any downcall
     * @return its handle, if any library has it
     */
    @SuppressWarnings("restricted")
    public static Optional<MethodHandle> handle(String name, FunctionDescriptor type, Linker.Option... options) {
        return find(name).map(function -> Linker.nativeLinker().downcallHandle(function, type, options));
    }
}
