/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolConfig;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An allocator for each tenant of one pool. */
@Tag("core")
class ChildPoolTest {

    private static final int SIZE = 16 << 10;

    @Test
    void allocatorsOfChildrenHaveLimitsOfTheirOwn() {
        BufferPool server = BufferPool.create(
                PoolConfig.builder().name("server").maxBytes(64 * TestAllocators.MIB).arenas(1).build());
        BufferPool first = server.child("first", ChildLimits.atMost(8 * TestAllocators.MIB));
        BufferPool second = server.child("second", ChildLimits.none());
        MagpoolByteBufAllocator full = MagpoolByteBufAllocator.builder().directPool(first).build();
        MagpoolByteBufAllocator other = MagpoolByteBufAllocator.builder().directPool(second).build();
        List<ByteBuf> held = new ArrayList<>();
        assertThatThrownBy(() -> {
            while (held.size() < 1000) {
                held.add(full.directBuffer(SIZE));
            }
        })
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("server/first");
        ByteBuf buffer = other.directBuffer(SIZE).writeZero(SIZE);
        assertThat(second.statistics().acquiredBytes()).isEqualTo(SIZE);
        assertThat(server.statistics().acquiredBytes()).isEqualTo((held.size() + 1L) * SIZE);
        buffer.release();
        held.forEach(ByteBuf::release);
        other.heapBuffer(100).release();
        assertThat(other.toString()).as("the heap twin's name").contains("server-second-heap");
        full.close();
        other.close();
        server.close();
        assertThat(server.statistics().reservedBytes()).isZero();
    }
}
