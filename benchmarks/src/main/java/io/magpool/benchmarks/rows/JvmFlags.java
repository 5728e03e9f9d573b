/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The JVM flags of the comparison: the same garbage collector, heap and limit for all, then for each what suits it. */
public enum JvmFlags {

    /** What Magpool is meant for: no Unsafe, not even in the classes of Netty that it extends. */
    MAGPOOL {
        @Override
        public List<String> own() {
            return List.of("-Dio.netty.noUnsafe=true");
        }
    },

    /**
     * What Netty is quickest with: Unsafe; the JDK's doors open to it, without which its unpooled buffers pay for a cleaner
     * each; and, for its pooled allocator, caches in all threads and for all sizes, not only up to 32 KiB.
     */
    NETTY {
        @Override
        public List<String> own() {
            return List.of("-Dio.netty.noUnsafe=false", "-Dio.netty.tryReflectionSetAccessible=true",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "-Dio.netty.allocator.useCacheForAllThreads=true",
                    "-Dio.netty.allocator.maxCachedBufferCapacity=1048576");
        }
    };

    /** How much off-heap memory each allocator may take, in bytes. */
    public static final long OFF_HEAP_BYTES = 4L << 30;
    /** How much of the Java heap a pool of arrays may take, in bytes. */
    static final long POOLED_HEAP_BYTES = 1L << 30;

    /**
     * Returns what all rows are measured with. Unsafe is allowed because JMH itself does not start without it.
     *
     * @return arguments for the JVM
     */
    public static List<String> common() {
        return common("-Xms2g", "-Xmx2g");
    }

    private static List<String> common(String... heap) {
        List<String> flags = new ArrayList<>();
        flags.add("-XX:+UseG1GC");
        flags.addAll(List.of(heap));
        flags.addAll(List.of("-XX:MaxDirectMemorySize=" + OFF_HEAP_BYTES, "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Dio.netty.leakDetection.level=disabled",
                "-Djava.util.logging.config.class=" + WarningsOnly.class.getName()));
        return flags;
    }

    /**
     * Returns what these rows are measured with beyond that.
     *
     * @return arguments for the JVM
     */
    public abstract List<String> own();

    /**
     * Returns all of them, but with another heap.
     *
     * @param heap the flags that say how large the heap is
     * @return arguments for the JVM
     */
    public List<String> withHeap(String... heap) {
        return Stream.concat(common(heap).stream(), own().stream()).toList();
    }

    /**
     * Returns all of them.
     *
     * @return arguments for the JVM
     */
    public List<String> all() {
        return Stream.concat(common().stream(), own().stream()).toList();
    }
}
