/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.api.TrimPolicy;
import io.magpool.benchmarks.os.Libraries;
import io.magpool.benchmarks.rows.JvmFlags;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** An allocator in an experiment, with what its process has to be started with. */
enum Candidate {

    MAGPOOL("Magpool", "#0072b2", JvmFlags.MAGPOOL),
    MAGPOOL_DECAY("Magpool, decay 2 s", "#4a90d9", JvmFlags.MAGPOOL),
    MAGPOOL_WATERMARK("Magpool, watermark", "#56b4e9", JvmFlags.MAGPOOL),
    MAGPOOL_NONE("Magpool, policy none", "#003f66", JvmFlags.MAGPOOL),
    ADAPTIVE("Netty adaptive", "#d55e00", JvmFlags.NETTY),
    POOLED("Netty pooled", "#b8860b", JvmFlags.NETTY),
    UNPOOLED("Netty unpooled", "#a0527f", JvmFlags.NETTY),
    GLIBC("glibc", "#00805c", JvmFlags.MAGPOOL),
    GLIBC_THRESHOLDS("glibc, thresholds", "#56b400", JvmFlags.MAGPOOL) {
        @Override
        Map<String, String> environment() {
            return Map.of("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=65536:glibc.malloc.trim_threshold=65536");
        }
    },
    JEMALLOC("jemalloc", "#666666", JvmFlags.MAGPOOL, "libjemalloc.so.2"),
    MIMALLOC("mimalloc", "#999933", JvmFlags.MAGPOOL, "libmimalloc.so.3:libmimalloc.so.2:libmimalloc.so.2.0"),
    TCMALLOC("tcmalloc", "#882255", JvmFlags.MAGPOOL, "libtcmalloc.so.4:libtcmalloc_minimal.so.4");

    /** How much lies unused under that policy, at most. */
    static final long WATERMARK = 64 << 20;

    private final String label;
    private final String colour;
    private final JvmFlags flags;
    /** The files to preload, the best one first; empty if none is needed. */
    private final String libraries;

    Candidate(String label, String colour, JvmFlags flags) {
        this(label, colour, flags, "");
    }

    Candidate(String label, String colour, JvmFlags flags, String libraries) {
        this.label = label;
        this.colour = colour;
        this.flags = flags;
        this.libraries = libraries;
    }

    String label() {
        return label;
    }

    /** Returns a colour that those can tell apart, too, who see fewer of them. */
    String colour() {
        return colour;
    }

    JvmFlags flags() {
        return flags;
    }

    /** Tells whether this machine has what the candidate needs. */
    boolean isInstalled() {
        return libraries.isEmpty() || library().isPresent();
    }

    private Optional<Path> library() {
        return Libraries.find(libraries.split(":"));
    }

    /** Returns what the process needs in its environment. */
    Map<String, String> environment() {
        return libraries.isEmpty() ? Map.of()
                : library().map(path -> Map.of("LD_PRELOAD", path.toString())).orElse(Map.of());
    }

    /** Builds the allocator of a program that is Netty's; in the process that was started for it. */
    ByteBufMemory openForNetty() {
        return (ByteBufMemory) open();
    }

    /** Builds the allocator; in the process that was started for it. */
    MemorySubject open() {
        return switch (this) {
            case MAGPOOL -> new MagpoolMemory(TrimPolicy.workingSet());
            case MAGPOOL_DECAY -> new MagpoolMemory(TrimPolicy.decay(Duration.ofSeconds(2)));
            case MAGPOOL_WATERMARK -> new MagpoolMemory(TrimPolicy.watermark(WATERMARK));
            case MAGPOOL_NONE -> new MagpoolMemory(TrimPolicy.none());
            case ADAPTIVE -> new ByteBufMemory(new AdaptiveByteBufAllocator(true));
            case POOLED -> new ByteBufMemory(new PooledByteBufAllocator(true));
            case UNPOOLED -> new ByteBufMemory(new UnpooledByteBufAllocator(true));
            case GLIBC, GLIBC_THRESHOLDS -> new MallocMemory("libc.so");
            case JEMALLOC -> new MallocMemory("libjemalloc");
            case MIMALLOC -> new MallocMemory("libmimalloc");
            case TCMALLOC -> new MallocMemory("libtcmalloc");
        };
    }
}
