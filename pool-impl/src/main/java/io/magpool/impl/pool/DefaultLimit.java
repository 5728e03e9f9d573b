/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.magpool.api.PoolConfig;
import java.lang.management.ManagementFactory;

/**
 * The limit of a pool that was given none: the JVM's limit for direct memory, capped by the memory of the machine or
 * container less the largest heap. Where the storage is the heap: half of it.
 */
final class DefaultLimit {

    private static final long LEAST = 16L << 20;

    private DefaultLimit() {}

    static long bytes(PoolConfig.Storage storage) {
        if (storage == PoolConfig.Storage.HEAP) {
            return Math.max(LEAST, Runtime.getRuntime().maxMemory() / 2);
        }
        long machine = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return choose(maxDirectMemory(), machine, Runtime.getRuntime().maxMemory());
    }

    static long choose(long maxDirectMemory, long machineMemory, long maxHeap) {
        long direct = maxDirectMemory > 0 ? maxDirectMemory : maxHeap; // 0 is HotSpot's word for the size of the heap
        return Math.max(LEAST, Math.min(direct, machineMemory - maxHeap));
    }

    private static long maxDirectMemory() {
        try {
            return Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("MaxDirectMemorySize")
                    .getValue());
        } catch (IllegalArgumentException | NullPointerException notHotSpot) {
            return 0;
        }
    }
}
