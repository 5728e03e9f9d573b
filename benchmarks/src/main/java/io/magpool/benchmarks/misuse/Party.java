/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.Safety;
import io.magpool.benchmarks.os.Libraries;
import io.magpool.benchmarks.rows.JvmFlags;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An allocator at one of its levels of checking, with what its process has to be started with. */
public enum Party {

    /** The C library's. */
    GLIBC("glibc"),
    /** Overwrites what is acquired and released. */
    GLIBC_PERTURB("glibc, MALLOC_PERTURB_", "", "MALLOC_PERTURB_=165"),
    /** With the C library's own library for debugging. */
    GLIBC_CHECK("glibc, MALLOC_CHECK_=3", "libc_malloc_debug.so.0", "MALLOC_CHECK_=3"),
    /** As it comes. */
    JEMALLOC("jemalloc", Party.JEMALLOC_FILES, ""),
    /** Overwrites what is acquired and released, and keeps no caches in threads. */
    JEMALLOC_JUNK("jemalloc, junk", Party.JEMALLOC_FILES, "MALLOC_CONF=junk:true,tcache:false"),
    /** Says on the console what it notices. */
    MIMALLOC("mimalloc", "libmimalloc.so.3:libmimalloc.so.2:libmimalloc.so.2.0", "MIMALLOC_SHOW_ERRORS=1"),
    /** As it comes. */
    TCMALLOC("tcmalloc", "libtcmalloc.so.4:libtcmalloc_minimal.so.4", ""),
    /** Its library for debugging. */
    TCMALLOC_DEBUG("tcmalloc, debug", "libtcmalloc_minimal_debug.so.4", ""),
    /** LLVM's hardened allocator, as it comes. */
    SCUDO("scudo", Party.SCUDO_FILES, ""),
    /** With a quarantine, and a fill. */
    SCUDO_QUARANTINE("scudo, quarantine", Party.SCUDO_FILES, "SCUDO_OPTIONS=quarantine_size_kb=1024"
            + ":thread_local_quarantine_size_kb=64:quarantine_max_chunk_size=65536:pattern_fill_contents=true"),
    /** Without leak detection. */
    ADAPTIVE("Netty adaptive", Checks.OFF),
    /** With leak detection for each buffer. */
    ADAPTIVE_PARANOID("Netty adaptive, paranoid", Checks.PARANOID),
    /** Without leak detection. */
    POOLED("Netty pooled", Checks.OFF),
    /** With leak detection for each buffer. */
    POOLED_PARANOID("Netty pooled, paranoid", Checks.PARANOID),
    /** Magpool's own face. */
    API_STANDARD("Magpool, standard"),
    /** A buffer that is a sample. */
    API_SAMPLED("Magpool, sampled (a sample)"),
    /** Each buffer checked. */
    API_CHECKED("Magpool, checked"),
    /** Through Netty's face. */
    BYTEBUF_STANDARD("Magpool ByteBuf, standard"),
    /** Through Netty's face, a buffer that is a sample. */
    BYTEBUF_SAMPLED("Magpool ByteBuf, sampled (a sample)"),
    /** Through Netty's face, each buffer checked. */
    BYTEBUF_CHECKED("Magpool ByteBuf, checked");

    /** Of Netty's buffers. */
    private enum Checks {
        OFF,
        PARANOID
    }

    private static final String JEMALLOC_FILES = "libjemalloc.so.2";
    private static final String SCUDO_FILES =
            "libclang_rt.scudo_standalone-x86_64.so:libclang_rt.scudo_standalone.so:libscudo.so";
    private static final long LIMIT = 64 << 20;

    private final String label;
    /** The files to preload, the best one first; empty if none is needed. */
    private final String libraries;
    /** A variable and its value; empty if none is needed. */
    private final String variable;
    private final JvmFlags flags;
    private final String leakDetection;

    Party(String label) {
        this(label, "", "");
    }

    Party(String label, String libraries, String variable) {
        this(label, libraries, variable, JvmFlags.MAGPOOL, "disabled");
    }

    Party(String label, Checks checks) {
        this(label, "", "", JvmFlags.NETTY, checks == Checks.OFF ? "disabled" : "paranoid");
    }

    Party(String label, String libraries, String variable, JvmFlags flags, String leakDetection) {
        this.label = label;
        this.libraries = libraries;
        this.variable = variable;
        this.flags = flags;
        this.leakDetection = leakDetection;
    }

    private static PoolConfig.Builder config(Safety safety) {
        return PoolConfig.builder().name("misused").maxBytes(LIMIT).safety(safety).sampleRate(1);
    }

    /**
     * Returns what a reader calls it.
     *
     * @return a name
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether this machine has what it needs.
     *
     * @return false if its library is missing
     */
    public boolean isInstalled() {
        return libraries.isEmpty() || library().isPresent();
    }

    private Optional<Path> library() {
        return Libraries.find(libraries.split(":"));
    }

    Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>();
        if (!variable.isEmpty()) {
            int equals = variable.indexOf('=');
            all.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        if (!libraries.isEmpty()) {
            library().ifPresent(path -> all.put("LD_PRELOAD", path.toString()));
        }
        return all;
    }

    List<String> flags() {
        List<String> all = new ArrayList<>(flags.withHeap("-Xms64m", "-Xmx64m"));
        all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:ErrorFile=/dev/null", "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorLogTimeout=2",
                "-Dio.netty.leakDetection.level=" + leakDetection));
        return all;
    }

    /** Builds it; in the process that was started for it. */
    Target open() {
        return switch (this) {
            case GLIBC, GLIBC_PERTURB, JEMALLOC, JEMALLOC_JUNK, MIMALLOC, TCMALLOC, TCMALLOC_DEBUG, SCUDO,
                    SCUDO_QUARANTINE -> MallocTarget.found();
            case GLIBC_CHECK -> MallocTarget.inFirstVersion();
            case ADAPTIVE, ADAPTIVE_PARANOID -> new ByteBufTarget(new AdaptiveByteBufAllocator(true));
            case POOLED, POOLED_PARANOID -> new ByteBufTarget(new PooledByteBufAllocator(true));
            case API_STANDARD -> new PoolTarget(config(Safety.STANDARD));
            case API_SAMPLED -> new PoolTarget(config(Safety.SAMPLED));
            case API_CHECKED -> new PoolTarget(config(Safety.CHECKED));
            case BYTEBUF_STANDARD -> ByteBufTarget.ofMagpool(config(Safety.STANDARD));
            case BYTEBUF_SAMPLED -> ByteBufTarget.ofMagpool(config(Safety.SAMPLED));
            case BYTEBUF_CHECKED -> ByteBufTarget.ofMagpool(config(Safety.CHECKED));
        };
    }
}
