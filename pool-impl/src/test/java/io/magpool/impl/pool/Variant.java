/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.GuardMode;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.Platform;
import org.junit.jupiter.api.Assumptions;

/** The kinds of pool that all keep the same contract. */
enum Variant {
    LINUX_ASYMMETRIC(MemoryKind.LINUX, Storage.OFF_HEAP, GuardMode.ASYMMETRIC),
    LINUX_FENCED(MemoryKind.LINUX, Storage.OFF_HEAP, GuardMode.FENCED),
    PORTABLE_ASYMMETRIC(MemoryKind.PORTABLE, Storage.OFF_HEAP, GuardMode.ASYMMETRIC),
    PORTABLE_FENCED(MemoryKind.PORTABLE, Storage.OFF_HEAP, GuardMode.FENCED),
    HEAP_ASYMMETRIC(MemoryKind.AUTO, Storage.HEAP, GuardMode.ASYMMETRIC),
    HEAP_FENCED(MemoryKind.PORTABLE, Storage.HEAP, GuardMode.FENCED);

    private static final int SLAB_BYTES = 2 << 20;

    private final MemoryKind memory;
    private final Storage storage;
    private final GuardMode guard;

    Variant(MemoryKind memory, Storage storage, GuardMode guard) {
        this.memory = memory;
        this.storage = storage;
        this.guard = guard;
    }

    boolean isLinux() {
        return memory == MemoryKind.LINUX;
    }

    boolean isHeap() {
        return storage == Storage.HEAP;
    }

    boolean isPortable() {
        return !isLinux() && !isHeap();
    }

    boolean isFenced() {
        return guard == GuardMode.FENCED;
    }

    String memoryName() {
        return isHeap() ? "heap" : isLinux() ? "linux" : "portable";
    }

    /** What the limit charges at least for a chunk: a page, or a slab, or an array. */
    long grain(long chunkBytes) {
        return isHeap() ? chunkBytes : isLinux() ? 4096 : SLAB_BYTES;
    }

    /** Without a thread that trims, so that counts are exact. */
    PoolConfig.Builder config() {
        return PoolConfig.builder().memory(memory).storage(storage).guard(guard)
                .maintenance(PoolConfig.Maintenance.MANUAL);
    }

    Platform platform() {
        return Platform.choose(memory, storage, SLAB_BYTES);
    }

    /** Something equal for two buffers exactly if they begin at the same place. */
    Object placeOf(PooledBuffer buffer) {
        return isHeap() ? System.identityHashCode(buffer.array()) : (Object) buffer.address();
    }

    boolean isPossible() {
        return !isLinux()
                || (System.getProperty("os.name").equals("Linux")
                        && MagazinePoolProvider.class.getModule().isNativeAccessEnabled());
    }

    void assumePossible() {
        Assumptions.assumeTrue(isPossible(), "native access is not enabled");
    }
}
