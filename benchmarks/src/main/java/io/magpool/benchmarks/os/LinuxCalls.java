/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Linux' calls about memory. All lengths are bytes; addresses and lengths are whole pages. */
public final class LinuxCalls {

    /** Bytes of the smallest page. */
    public static final int PAGE = 4_096;

    /** The pages go at once; the next access finds zeros. */
    public static final int MADV_DONTNEED = 4;
    /** The pages go when the kernel needs some. */
    public static final int MADV_FREE = 8;

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x4022;

    private static final MethodHandle MMAP = call("mmap",
            FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = call("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MADVISE =
            call("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MINCORE =
            call("mincore", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS));

    private LinuxCalls() {}

    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /**
     * Maps fresh memory.
     *
     * @param bytes how much
     * @return its address
     */
    public static long map(long bytes) {
        try {
            MemorySegment start = (MemorySegment) MMAP.invokeExact(0L, bytes, PROT_READ_WRITE,
                    MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
            if (start.address() == -1) {
                throw new OutOfMemoryError("mmap of " + bytes + " bytes");
            }
            return start.address();
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /**
     * Unmaps memory.
     *
     * @param address where it starts
     * @param bytes how much
     */
    public static void unmap(long address, long bytes) {
        try {
            require("munmap", (int) MUNMAP.invokeExact(address, bytes));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /**
     * Says what becomes of memory.
     *
     * @param address where it starts
     * @param bytes how much
     * @param advice one of the constants here
     */
    public static void advise(long address, long bytes, int advice) {
        try {
            require("madvise", (int) MADVISE.invokeExact(address, bytes, advice));
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** Asks which pages are resident, a byte for each; false if some of them are not mapped at all. */
    static boolean mincore(long address, long bytes, MemorySegment pages) {
        try {
            return (int) MINCORE.invokeExact(address, bytes, pages) == 0;
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    private static void require(String name, int result) {
        if (result != 0) {
            throw new IllegalStateException(name + " returned " + result);
        }
    }

    private static RuntimeException rethrown(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }
}
