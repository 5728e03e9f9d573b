/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import io.magpool.netty.Eventually;
import io.magpool.netty.MagpoolByteBufAllocator;

/** One side of a conversation, server or client, with an allocator and a pool of its own. */
final class Side implements AutoCloseable {

    private final String name;
    private final MagpoolByteBufAllocator allocator;

    Side(String name, long maxBytes) {
        this.name = name;
        this.allocator = MagpoolByteBufAllocator.create(PoolConfig.builder().name(name).maxBytes(maxBytes).build());
    }

    MagpoolByteBufAllocator allocator() {
        return allocator;
    }

    PoolStatistics statistics() {
        return allocator.pool().statistics();
    }

    void hasUsedItsPool() {
        assertThat(statistics().acquires()).as("acquires of the %s", name).isPositive();
    }

    /** Waits until not one buffer is out. */
    void awaitNothingOut() {
        Eventually.isTrue("everything of the " + name + " is released", () -> {
            PoolStatistics now = statistics();
            return now.acquiredBytes() == 0 && now.acquires() == now.releases()
                    && allocator.metric().usedHeapMemory() == 0;
        });
    }

    /** Closes the pool, which complains if something is out. */
    @Override
    public void close() {
        allocator.close();
    }
}
