/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.netty.buffer.AbstractByteBufAllocatorTest;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Netty's own tests of an allocator. Two are left out and two are told anew:
 *
 * <ul>
 * <li>{@link #testUnsafeHeapBufferAndUnsafeDirectBuffer} is about the classes of Netty's unpooled buffers;
 * <li>{@link #shouldReuseChunks} needs pooled heap buffers;
 * <li>{@link #testUsedDirectMemory} and {@link #testUsedDirectMemoryHuge} expect the buffers' own sizes, where the pool
 * counts the pages it holds.
 * </ul>
 */
@Tag("core")
class NettyAllocatorTest extends AbstractByteBufAllocatorTest<MagpoolByteBufAllocator> {

    private final List<BufferPool> pools = new ArrayList<>();

    @AfterEach
    void nothingIsStillInUse() {
        pools.forEach(BufferPool::close);
    }

    @Override
    protected MagpoolByteBufAllocator newAllocator(boolean preferDirect) {
        BufferPool pool = BufferPool.create(PoolConfig.builder().maxBytes(128 * TestAllocators.MIB).build());
        pools.add(pool);
        return new MagpoolByteBufAllocator(pool, preferDirect);
    }

    @Override
    protected MagpoolByteBufAllocator newUnpooledAllocator() {
        throw new UnsupportedOperationException("pooled only");
    }

    /** Netty's answer depends on whether Netty could free direct memory; the pool always can. */
    @Override
    protected boolean isDirectExpected(boolean preferDirect) {
        return preferDirect;
    }

    @Disabled("asserts the classes of Netty's unpooled buffers")
    @Test
    @Override
    public void testUnsafeHeapBufferAndUnsafeDirectBuffer() {}

    @Disabled("heap buffers are not pooled")
    @Test
    @Override
    public void shouldReuseChunks() {}

    @Test
    @Override
    public void testUsedDirectMemory() {
        MagpoolByteBufAllocator allocator = newAllocator(true);
        assertThat(allocator.metric().usedDirectMemory()).isZero();

        ByteBuf buf = allocator.directBuffer(1024, 4096);
        assertThat(allocator.metric().usedDirectMemory()).isGreaterThanOrEqualTo(1024);
        buf.capacity(2048);
        assertThat(allocator.metric().usedDirectMemory()).isGreaterThanOrEqualTo(2048);
        buf.release();
        assertThat(allocator.metric().usedDirectMemory()).isLessThanOrEqualTo(allocator.pool().statistics().maxBytes());
    }

    @Test
    @Override
    public void testUsedDirectMemoryHuge() {
        MagpoolByteBufAllocator allocator = newAllocator(true);
        int size = 32 << 20;
        ByteBuf buf = allocator.directBuffer(size, size);
        assertThat(allocator.metric().usedDirectMemory()).isGreaterThanOrEqualTo(size);
        buf.release();
    }
}
