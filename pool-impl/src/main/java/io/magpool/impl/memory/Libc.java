/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import io.magpool.api.MemoryRefusedException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.BitSet;

/**
 * The functions of the C library that the pool calls, with Linux's constants. Loaded only where native access is enabled.
 *
 * <p>See mmap(2), mremap(2), mprotect(2), madvise(2), process_madvise(2), mincore(2), prctl(2), membarrier(2) and sched_getcpu(3). The
 * constants are the same on x86-64, AArch64 and RISC-V, but for the number of the membarrier call.
 */
@SuppressWarnings("restricted")
final class Libc {

    static final int PROT_NONE = 0;
    static final int PROT_READ_WRITE = 1 | 2;
    static final int MAP_PRIVATE = 0x02;
    static final int MAP_FIXED = 0x10;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_NORESERVE = 0x4000;
    static final int MADV_DONTNEED = 4;
    static final int MREMAP_MAYMOVE = 1;
    static final int MADV_HUGEPAGE = 14;
    static final int MADV_NOHUGEPAGE = 15;
    static final int MADV_POPULATE_WRITE = 23;

    private static final int MAP_FAILED = -1;
    private static final int PIDFD_SELF = -10_000;
    private static final int PR_SET_VMA = 0x53564d41;
    private static final long PR_SET_VMA_ANON_NAME = 0;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle MMAP = find(
            "mmap",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG),
            ERRNO);
    private static final MethodHandle MUNMAP = find(
            "munmap",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
            ERRNO);
    private static final MethodHandle MPROTECT = find("mprotect", addressLengthInt(), ERRNO);
    private static final MethodHandle MADVISE = find("madvise", addressLengthInt(), ERRNO);
    private static final MethodHandle MREMAP = find(
            "mremap",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT),
            ERRNO,
            Linker.Option.firstVariadicArg(4));
    private static final MethodHandle PRCTL = find(
            "prctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle MINCORE = find(
            "mincore",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            ERRNO);
    private static final MethodHandle SCHED_GETCPU =
            find("sched_getcpu", FunctionDescriptor.of(ValueLayout.JAVA_INT), Linker.Option.critical(false));
    private static final MethodHandle GETPAGESIZE =
            find("getpagesize", FunctionDescriptor.of(ValueLayout.JAVA_INT), Linker.Option.critical(false));
    private static final MethodHandle SYSCALL = find(
            "syscall",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle SYSCALL_OF_VECTOR = find(
            "syscall",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            ERRNO,
            Linker.Option.firstVariadicArg(1));
    private static final long PROCESS_MADVISE = 440; // the same number everywhere

    private Libc() {}

    static long mmap(long address, long bytes, int protection, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = (long) MMAP.invokeExact(state, address, bytes, protection, flags, -1, 0L);
            if (result == MAP_FAILED) {
                throw refused("mmap", bytes, state);
            }
            return result;
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static void munmap(long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            if ((int) MUNMAP.invokeExact(state, address, bytes) != 0) {
                throw refused("munmap", bytes, state);
            }
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static void mprotect(long address, long bytes, int protection) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            if ((int) MPROTECT.invokeExact(state, address, bytes, protection) != 0) {
                throw refused("mprotect", bytes, state);
            }
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static void madvise(long address, long bytes, int advice) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            if ((int) MADVISE.invokeExact(state, address, bytes, advice) != 0) {
                throw refused("madvise", bytes, state);
            }
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /** Advises runs of pages of this process; returns how many bytes of them took it, in order, or a negative errno(3). */
    static long madvise(PageRuns runs, int from, int count, int advice) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment vector = arena.allocate(ValueLayout.JAVA_LONG, 2L * count); // of struct iovec
            for (int i = 0; i < count; i++) {
                vector.setAtIndex(ValueLayout.JAVA_LONG, 2L * i, runs.address(from + i));
                vector.setAtIndex(ValueLayout.JAVA_LONG, 2L * i + 1, runs.bytes(from + i));
            }
            long advised = (long) SYSCALL_OF_VECTOR.invokeExact(
                    state, PROCESS_MADVISE, (long) PIDFD_SELF, vector, (long) count, (long) advice, 0L);
            return advised >= 0 ? advised : -(int) ERRNO_VALUE.get(state, 0L);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /** Resizes a mapping; what it grows by is like the rest. */
    static long mremap(long address, long bytes, long newBytes, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = (long) MREMAP.invokeExact(state, address, bytes, newBytes, flags);
            if (result == MAP_FAILED) {
                throw refused("mremap", newBytes, state);
            }
            return result;
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /** Names a mapping in /proc/self/maps; returns false where the kernel does not, and nothing depends on it. */
    static boolean nameMapping(long address, long bytes, MemorySegment name) {
        try {
            return (int) PRCTL.invokeExact(PR_SET_VMA, PR_SET_VMA_ANON_NAME, address, bytes, name) == 0;
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static BitSet residentPages(long address, long bytes, int pageBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment pages = arena.allocate(bytes / pageBytes);
            if ((int) MINCORE.invokeExact(state, address, bytes, pages) != 0) {
                throw refused("mincore", bytes, state);
            }
            BitSet resident = new BitSet();
            for (int i = 0; i < pages.byteSize(); i++) {
                resident.set(i, (pages.get(ValueLayout.JAVA_BYTE, i) & 1) != 0);
            }
            return resident;
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static int currentCore() {
        try {
            return (int) SCHED_GETCPU.invokeExact();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static int pageBytes() {
        try {
            return (int) GETPAGESIZE.invokeExact();
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    /** Returns 0 or more on success. */
    static long membarrier(int command) {
        try {
            return (long) SYSCALL.invokeExact(membarrierNumber(), command, 0, 0);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    private static long membarrierNumber() {
        return System.getProperty("os.arch").equals("amd64") ? 324 : 283;
    }

    /** Names an error of errno(3), as far as memory calls have them. */
    static String errorName(int errno) {
        return switch (errno) {
            case 1 -> "EPERM";
            case 9 -> "EBADF";
            case 11 -> "EAGAIN";
            case 12 -> "ENOMEM";
            case 13 -> "EACCES";
            case 14 -> "EFAULT";
            case 16 -> "EBUSY";
            case 22 -> "EINVAL";
            case 38 -> "ENOSYS";
            case 75 -> "EOVERFLOW";
            default -> "errno " + errno;
        };
    }

    private static MemoryRefusedException refused(String call, long bytes, MemorySegment state) {
        int errno = (int) ERRNO_VALUE.get(state, 0L);
        return new MemoryRefusedException(call + " of " + bytes + " bytes", errorName(errno));
    }

    private static FunctionDescriptor addressLengthInt() {
        return FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    }

    private static MethodHandle find(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
    }

    private static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> throw new AssertionError("a C function throws nothing", thrown);
        };
    }
}
