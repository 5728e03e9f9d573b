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
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Netty's own tests of an allocator. */
@Tag("core")
@Tag("netty")
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
        BufferPool heap = BufferPool.create(TestAllocators.heapConfig(128 * TestAllocators.MIB));
        pools.add(heap);
        return MagpoolByteBufAllocator.builder().directPool(pool).heapPool(heap).preferDirect(preferDirect).build();
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

    @Disabled("casts to the classes of Netty's unpooled buffers")
    @Test
    @Override
    public void testUnsafeHeapBufferAndUnsafeDirectBuffer() {}

    @ToldAnew("expects the buffers' own sizes, where the pool counts the pages that it holds")
    @Test
    @Override
    public void testUsedDirectMemory() {
        followsTheBuffers(MagpoolByteBufAllocator::directBuffer, MagpoolByteBufAllocatorMetric::usedDirectMemory);
    }

    @ToldAnew("expects the buffers' own sizes, where the pool counts the pages that it holds")
    @Test
    @Override
    public void testUsedHeapMemory() {
        followsTheBuffers(MagpoolByteBufAllocator::heapBuffer, MagpoolByteBufAllocatorMetric::usedHeapMemory);
    }

    private interface Allocation {
        ByteBuf from(MagpoolByteBufAllocator allocator, int capacity, int maxCapacity);
    }

    private void followsTheBuffers(Allocation allocation, ToLongFunction<MagpoolByteBufAllocatorMetric> used) {
        MagpoolByteBufAllocator allocator = newAllocator(true);
        MagpoolByteBufAllocatorMetric metric = allocator.metric();
        assertThat(used.applyAsLong(metric)).isZero();
        ByteBuf buf = allocation.from(allocator, 1024, 4096);
        assertThat(used.applyAsLong(metric)).isGreaterThanOrEqualTo(1024);
        buf.capacity(2048);
        assertThat(used.applyAsLong(metric)).isGreaterThanOrEqualTo(2048 + 1024);
        buf.release();

        long before = used.applyAsLong(metric);
        int size = 32 << 20;
        ByteBuf huge = allocation.from(allocator, size, size);
        assertThat(used.applyAsLong(metric)).isEqualTo(before + size);
        huge.release();
        assertThat(used.applyAsLong(metric)).isEqualTo(before);
    }

    @Disabled("told by testUsedDirectMemory")
    @Test
    @Override
    public void testUsedDirectMemoryHuge() {}

    @Disabled("told by testUsedHeapMemory")
    @Test
    @Override
    public void testUsedHeapMemoryHuge() {}
}
