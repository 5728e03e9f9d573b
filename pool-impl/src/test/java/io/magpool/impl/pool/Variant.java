/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.GuardMode;
import io.magpool.api.PoolConfig.MemoryKind;
import org.junit.jupiter.api.Assumptions;

/** The kinds of pool that all keep the same contract. */
enum Variant {
    LINUX_ASYMMETRIC(MemoryKind.LINUX, GuardMode.ASYMMETRIC),
    LINUX_FENCED(MemoryKind.LINUX, GuardMode.FENCED),
    PORTABLE_ASYMMETRIC(MemoryKind.PORTABLE, GuardMode.ASYMMETRIC),
    PORTABLE_FENCED(MemoryKind.PORTABLE, GuardMode.FENCED);

    private final MemoryKind memory;
    private final GuardMode guard;

    Variant(MemoryKind memory, GuardMode guard) {
        this.memory = memory;
        this.guard = guard;
    }

    boolean isLinux() {
        return memory == MemoryKind.LINUX;
    }

    /** What the limit charges at least for a chunk: a page, or a slab. */
    long grain() {
        return isLinux() ? 4096 : 2L << 20;
    }

    /** Without a thread that trims, so that counts are exact. */
    PoolConfig.Builder config() {
        return PoolConfig.builder().memory(memory).guard(guard).maintenance(PoolConfig.Maintenance.MANUAL);
    }

    void assumePossible() {
        boolean enabled = System.getProperty("os.name").equals("Linux")
                && MagazinePoolProvider.class.getModule().isNativeAccessEnabled();
        Assumptions.assumeTrue(!isLinux() || enabled, "native access is not enabled");
    }
}
