/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("core")
class MagpoolByteBufAllocatorTest {

    private static final long LIMIT = 8 * TestAllocators.MIB;

    @Test
    void prefersDirectBuffersWhateverNettyCouldFree() {
        try (MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create()) {
            for (ByteBuf buf : List.of(allocator.buffer(), allocator.buffer(8), allocator.buffer(8, 16),
                    allocator.ioBuffer(), allocator.ioBuffer(8), allocator.ioBuffer(8, 16))) {
                assertThat(buf.isDirect()).isTrue();
                assertThat(buf.alloc()).isSameAs(allocator);
                buf.release();
            }
            assertThat(allocator.isDirectBufferPooled()).isTrue();
            assertThat(allocator).asString().contains("directByDefault: true");
        }
    }

    @Test
    void heapBuffersAreArraysOfTheSameAllocator() {
        try (MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create()) {
            ByteBuf buf = allocator.heapBuffer(100);
            assertThat(buf.hasArray()).isTrue();
            assertThat(buf.alloc()).isSameAs(allocator);
            assertThat(TestAllocators.acquired(allocator)).isZero();
            buf.release();
        }
    }

    @Test
    void theEmptyBufferCostsNothing() {
        try (MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create()) {
            assertThat(allocator.directBuffer(0, 0)).isSameAs(allocator.heapBuffer(0, 0));
        }
    }

    @Test
    void atTheLimitItThrowsTheFiguresAndGoesOn() {
        try (MagpoolByteBufAllocator allocator = TestAllocators.withLimit(LIMIT)) {
            List<ByteBuf> held = new ArrayList<>();
            assertThatThrownBy(() -> {
                while (true) {
                    held.add(allocator.directBuffer(1 << 20));
                }
            }).isInstanceOf(OutOfMemoryError.class).hasMessageContaining("limit " + LIMIT)
                    .hasMessageContaining(Integer.toString(1 << 20)).hasCauseInstanceOf(PoolExhaustedException.class);

            assertThat(held).isNotEmpty();
            assertThat(TestAllocators.acquired(allocator)).isBetween((long) held.size() << 20, LIMIT);
            held.forEach(ByteBuf::release);
            assertThat(TestAllocators.acquired(allocator)).isZero();
            allocator.directBuffer(1 << 20).release();
        }
    }

    @Test
    void metricsFollowPoolAndArrays() {
        try (MagpoolByteBufAllocator allocator = TestAllocators.withLimit(LIMIT)) {
            ByteBufAllocatorMetric metric = allocator.metric();
            assertThat(metric.usedDirectMemory()).isEqualTo(allocator.pool().statistics().chargedBytes());
            ByteBuf direct = allocator.directBuffer(100_000);
            ByteBuf heap = allocator.heapBuffer(1000);
            assertThat(metric.usedDirectMemory()).isEqualTo(allocator.pool().statistics().chargedBytes())
                    .isGreaterThanOrEqualTo(100_000);
            assertThat(metric.usedHeapMemory()).isEqualTo(1000);
            heap.capacity(3000);
            assertThat(metric.usedHeapMemory()).isEqualTo(3000);
            heap.release();
            direct.release();
            assertThat(metric.usedHeapMemory()).isZero();
        }
    }

    @Test
    void closesOnlyAPoolThatItCreated() {
        BufferPool pool = BufferPool.create(PoolConfig.defaults());
        new MagpoolByteBufAllocator(pool).close();
        assertThatCode(() -> pool.acquire(100).release()).doesNotThrowAnyException();
        pool.close();

        MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create();
        allocator.close();
        assertThatThrownBy(() -> allocator.directBuffer(100)).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void closingWithBuffersInUseSaysSo() {
        MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create();
        ByteBuf buf = allocator.directBuffer(100).writeLong(42);
        assertThatIllegalStateException().isThrownBy(allocator::close);
        assertThat(buf.getLong(0)).as("its memory stays").isEqualTo(42);
        buf.release();
    }

    @Test
    void theSharedAllocatorIsOneAndStaysOpen() {
        MagpoolByteBufAllocator shared = MagpoolByteBufAllocator.shared();
        assertThat(MagpoolByteBufAllocator.shared()).isSameAs(shared);
        assertThatThrownBy(shared::close).isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("create()");
        assertThat(shared.directBuffer(100).release()).isTrue();
    }

    @Test
    void aPoolHasOneAllocator() {
        try (BufferPool pool = BufferPool.create(PoolConfig.defaults())) {
            MagpoolByteBufAllocator first = new MagpoolByteBufAllocator(pool);
            assertThatIllegalStateException().isThrownBy(() -> new MagpoolByteBufAllocator(pool))
                    .withMessageContaining("has an allocator already");
            assertThat(first.directBuffer(100).release()).isTrue();
        }
    }

    @Test
    void whatSomebodyElseAttachedIsRefusedAndNothingIsLost() {
        try (BufferPool pool = BufferPool.create(PoolConfig.defaults())) {
            PooledBuffer theirs = pool.acquire(100);
            theirs.attach("somebody else's");
            theirs.release();
            MagpoolByteBufAllocator allocator = new MagpoolByteBufAllocator(pool);
            assertThatIllegalStateException().isThrownBy(() -> allocator.directBuffer(100))
                    .withMessageContaining("java.lang.String");
            assertThat(pool.statistics().acquiredBytes()).isZero();
        }
    }

    @Test
    @Timeout(60)
    void aPoolIsNotKeptByBeingTaken() throws InterruptedException {
        WeakReference<BufferPool> pool = new WeakReference<>(takenPool());
        while (!pool.refersTo(null)) {
            System.gc();
            Thread.sleep(10);
        }
    }

    @SuppressWarnings("ReferenceEquality") // as in Object
    private static BufferPool takenPool() {
        BufferPool pool = (BufferPool) Proxy.newProxyInstance(BufferPool.class.getClassLoader(),
                new Class<?>[]{BufferPool.class}, (self, method, args) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == args[0];
                    default -> method.getName();
                });
        TakenPools.take(pool);
        return pool;
    }
}
