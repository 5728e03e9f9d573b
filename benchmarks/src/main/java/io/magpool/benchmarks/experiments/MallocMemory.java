/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.magpool.benchmarks.os.NativeFunctions;
import io.magpool.benchmarks.os.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The {@code malloc} of this process, the C library's or a preloaded one, with its own way of giving memory back. */
final class MallocMemory extends MemorySubject {

    private static final Linker.Option QUICK = Linker.Option.critical(false);

    private final MethodHandle malloc;
    private final MethodHandle free;
    private final Runnable trim;

    /**
     * Finds the functions.
     *
     * @param library what the name of the file that holds {@code malloc} begins with
     * @throws IllegalStateException if {@code malloc} is in another file: the library was not preloaded
     */
    MallocMemory(String library) {
        requireMallocIn(library);
        malloc = NativeFunctions.handle("malloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), QUICK).orElseThrow();
        free = NativeFunctions.handle("free", FunctionDescriptor.ofVoid(JAVA_LONG), QUICK).orElseThrow();
        trim = trimOf(library);
    }

    private static void requireMallocIn(String library) {
        long malloc = NativeFunctions.find("malloc").orElseThrow().address();
        try {
            String file = Mappings.fileAt(malloc, Files.readAllLines(Path.of("/proc/self/maps")));
            if (!Path.of(file).endsWith(library) && !file.contains("/" + library)) {
                throw new IllegalStateException("malloc is in " + file + ": must be in " + library);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Runnable trimOf(String library) {
        return switch (library) {
            case "libjemalloc" -> MallocMemory::purgeJemalloc;
            case "libmimalloc" -> () -> call(require("mi_collect", FunctionDescriptor.ofVoid(JAVA_BOOLEAN)), true);
            case "libtcmalloc" -> () -> call(
                    require("MallocExtension_ReleaseFreeMemory", FunctionDescriptor.ofVoid()));
            default -> () -> call(require("malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG)), 0L);
        };
    }

    /** What {@code malloc_conf} calls purge, for all arenas, after this thread's cache is flushed. */
    private static void purgeJemalloc() {
        MethodHandle mallctl = require("mallctl",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
        for (String name : List.of("thread.tcache.flush", "arena.4096.purge")) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment none = MemorySegment.NULL;
                call(mallctl, arena.allocateFrom(name), none, none, none, 0L);
            }
        }
    }

    private static MethodHandle require(String name, FunctionDescriptor type) {
        Optional<MethodHandle> handle = NativeFunctions.handle(name, type);
        return handle.orElseThrow(() -> new IllegalStateException("no function " + name));
    }

    private static void call(MethodHandle function, Object... arguments) {
        try {
            Object result = function.invokeWithArguments(arguments);
            if (result instanceof Integer error && error != 0 && arguments.length > 1) {
                throw new IllegalStateException("a call returned " + error);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    Object acquire(long size) {
        long address = malloc(size);
        Pages.touch(address, size);
        return address;
    }

    @Override
    Object acquireUntouched(int size) {
        return malloc(size);
    }

    private long malloc(long size) {
        long address;
        try {
            address = (long) malloc.invokeExact(size);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
        if (address == 0) {
            throw new OutOfMemoryError("malloc of " + size + " bytes");
        }
        return address;
    }

    @Override
    void release(Object buffer) {
        try {
            free.invokeExact((long) (Long) buffer);
        } catch (Throwable unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Override
    long address(Object buffer) {
        return (Long) buffer;
    }

    @Override
    void trim() {
        trim.run();
    }

    @Override
    long charged() {
        return -1;
    }
}
