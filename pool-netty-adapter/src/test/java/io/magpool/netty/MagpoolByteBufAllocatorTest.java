/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class MagpoolByteBufAllocatorTest {

    private static final long LIMIT = 8 * TestAllocators.MIB;

    @Test
    @Tag("nettydefaults")
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
    void heapBuffersComeFromAPoolThatIsCreatedWhenItIsNeeded() {
        try (MagpoolByteBufAllocator allocator =
                MagpoolByteBufAllocator.create(PoolConfig.builder().name("lazy").build())) {
            allocator.directBuffer(100).release();
            assertThat(allocator.heapPool()).isEmpty();
            assertThat(allocator.metric().usedHeapMemory()).isZero();

            ByteBuf buf = allocator.heapBuffer(100);
            assertThat(buf.hasArray()).isTrue();
            assertThat(buf.alloc()).isSameAs(allocator);
            assertThat(allocator.heapPool().orElseThrow().statistics().acquiredBytes()).isGreaterThanOrEqualTo(100);
            assertThat(allocator.heapPool().orElseThrow().statistics().poolName()).isEqualTo("lazy-heap");
            assertThat(allocator.pool().statistics().acquiredBytes()).isZero();
            byte[] array = buf.array();
            buf.release();
            ByteBuf again = allocator.heapBuffer(100);
            assertThat(again.array()).as("recycled").isSameAs(array);
            again.release();
        }
    }

    @Test
    void prefersTheHeapIfToldSo() {
        try (MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.builder().preferDirect(false).build()) {
            for (ByteBuf buf : List.of(allocator.buffer(), allocator.buffer(8), allocator.buffer(8, 16))) {
                assertThat(buf.hasArray()).isTrue();
                buf.release();
            }
            ByteBuf io = allocator.ioBuffer(8);
            assertThat(io.isDirect()).as("pooled memory is best for channels all the same").isTrue();
            io.release();
            ByteBuf composite = allocator.compositeBuffer().addComponent(true, allocator.buffer(8).writeLong(42));
            assertThat(composite.readLong()).isEqualTo(42);
            composite.release();
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
    void metricsAreWhatThePoolsCharge() {
        try (MagpoolByteBufAllocator allocator = TestAllocators.withLimit(LIMIT)) {
            MagpoolByteBufAllocatorMetric metric = allocator.metric();
            ByteBuf direct = allocator.directBuffer(100_000);
            ByteBuf heap = allocator.heapBuffer(200_000);
            BufferPool heapPool = allocator.heapPool().orElseThrow();
            assertThat(metric.usedDirectMemory()).isEqualTo(allocator.pool().statistics().chargedBytes())
                    .isGreaterThanOrEqualTo(100_000);
            assertThat(metric.usedHeapMemory()).isEqualTo(heapPool.statistics().chargedBytes())
                    .isGreaterThanOrEqualTo(200_000);
            assertThat(metric.heapFallbacks()).isZero();
            assertThat(metric).asString().contains("usedHeapMemory: " + metric.usedHeapMemory());
            heap.release();
            direct.release();
        }
    }

    @Test
    void statisticsCanBeReadByPeople() {
        try (MagpoolByteBufAllocator allocator =
                MagpoolByteBufAllocator.create(PoolConfig.builder().name("readable").maxBytes(LIMIT).build())) {
            assertThat(allocator).asString().contains("BufferPool readable", "not needed yet");
            ByteBuf direct = allocator.directBuffer(100_000);
            assertThat(allocator.dumpStats()).contains("pool readable (", "charged", "of at most " + LIMIT, "114688")
                    .doesNotContain("readable-heap (");
            allocator.heapBuffer(10).release();
            assertThat(allocator.dumpStats()).contains("pool readable-heap (heap memory");
            direct.release();
        }
    }

    @Test
    void aThreadCanGiveUpItsCache() {
        try (MagpoolByteBufAllocator allocator = TestAllocators.withLimit(LIMIT)) {
            allocator.directBuffer(100).release();
            allocator.heapBuffer(100).release();
            BufferPool heapPool = allocator.heapPool().orElseThrow();
            assertThat(allocator.pool().statistics().cachedInThreadsBytes()).isPositive();
            allocator.trimCurrentThreadCache();
            assertThat(allocator.pool().statistics().cachedInThreadsBytes()).isZero();
            assertThat(heapPool.statistics().cachedInThreadsBytes()).isZero();
        }
    }

    @Test
    void closesOnlyPoolsThatItCreated() {
        try (BufferPool direct = BufferPool.create(PoolConfig.defaults());
                BufferPool heap = BufferPool.create(TestAllocators.heapConfig(LIMIT))) {
            new MagpoolByteBufAllocator(direct, heap).close();
            assertThatCode(() -> direct.acquire(100).release()).doesNotThrowAnyException();
            assertThatCode(() -> heap.acquire(100).release()).doesNotThrowAnyException();
        }
        try (BufferPool direct = BufferPool.create(PoolConfig.defaults())) {
            MagpoolByteBufAllocator allocator = new MagpoolByteBufAllocator(direct);
            allocator.heapBuffer(100).release();
            allocator.close();
            assertThatThrownBy(() -> allocator.heapBuffer(100)).isInstanceOf(PoolClosedException.class);
            assertThat(allocator.directBuffer(100).release()).isTrue();
        }
        MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create();
        allocator.close();
        allocator.close();
        assertThatThrownBy(() -> allocator.directBuffer(100)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> allocator.heapBuffer(100)).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void bothPoolsAreClosedWhateverIsInUse() {
        MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create();
        ByteBuf direct = allocator.directBuffer(100);
        ByteBuf heap = allocator.heapBuffer(100);
        assertThatIllegalStateException().isThrownBy(allocator::close)
                .satisfies(both -> assertThat(both.getSuppressed()).hasSize(1));
        assertThatThrownBy(() -> allocator.heapBuffer(100)).isInstanceOf(PoolClosedException.class);
        heap.release();
        direct.release();
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
                .hasMessage("the shared allocator lives as long as the process: close one from create() instead");
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
    void twoKindsNeedTwoPools() {
        try (BufferPool direct = BufferPool.create(PoolConfig.defaults());
                BufferPool heap = BufferPool.create(TestAllocators.heapConfig(LIMIT))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new MagpoolByteBufAllocator(direct, direct))
                    .withMessage("pool " + direct
                            + " was given for direct and for heap buffers: each kind needs a pool of its own");
            MagpoolByteBufAllocator first = new MagpoolByteBufAllocator(direct);
            assertThatIllegalStateException().isThrownBy(() -> new MagpoolByteBufAllocator(direct, heap))
                    .withMessage("pool " + direct
                            + " has an allocator already: there can be one for each pool, so share that one");
            assertThatCode(() -> new MagpoolByteBufAllocator(heap)).as("the failure took nothing")
                    .doesNotThrowAnyException();
            assertThat(first.directBuffer(8).release()).isTrue();
        }
    }

    @Test
    void aPoolOfTheWrongKindIsRefusedAndNothingIsLost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MagpoolByteBufAllocator.create(TestAllocators.heapConfig(LIMIT)))
                .withMessageMatching("storage of \\S+ is HEAP: must be OFF_HEAP for buffers of this kind");
        try (BufferPool heap = BufferPool.create(TestAllocators.heapConfig(LIMIT))) {
            MagpoolByteBufAllocator allocator = new MagpoolByteBufAllocator(heap);
            assertThatIllegalStateException().isThrownBy(() -> allocator.directBuffer(100))
                    .withMessage(
                            "pool " + heap + " was given for buffers of kind DIRECT: its storage must be OFF_HEAP");
            assertThat(heap.statistics().acquiredBytes()).isZero();
        }
    }

    @Test
    void noPoolAtAllIsRefused() {
        assertThatThrownBy(() -> MagpoolByteBufAllocator.builder().directPool((BufferPool) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("pool");
        assertThatThrownBy(() -> MagpoolByteBufAllocator.builder().heapPool((BufferPool) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("pool");
    }

    @Test
    void aDirectPoolForHeapBuffersIsRefused() {
        try (BufferPool direct = BufferPool.create(PoolConfig.defaults());
                BufferPool wrong = BufferPool.create(PoolConfig.defaults())) {
            MagpoolByteBufAllocator allocator = new MagpoolByteBufAllocator(direct, wrong);
            assertThatIllegalStateException().isThrownBy(() -> allocator.heapBuffer(100))
                    .withMessage("pool " + wrong + " was given for buffers of kind HEAP: its storage must be HEAP");
            assertThat(wrong.statistics().acquiredBytes()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MagpoolByteBufAllocator.builder().heapPool(PoolConfig.defaults()))
                .withMessageMatching("storage of \\S+ is OFF_HEAP: must be HEAP for buffers of this kind");
    }

    @Test
    void whatSomebodyElseAttachedIsRefusedAndNothingIsLost() {
        try (BufferPool pool = BufferPool.create(PoolConfig.defaults())) {
            PooledBuffer theirs = pool.acquire(100);
            theirs.attach("somebody else's");
            theirs.release();
            MagpoolByteBufAllocator allocator = new MagpoolByteBufAllocator(pool);
            assertThatIllegalStateException().isThrownBy(() -> allocator.directBuffer(100))
                    .withMessage(
                            "pool " + pool + " is used by somebody else who attaches java.lang.String to its buffers:"
                                    + " give the allocator a pool of its own");
            assertThat(pool.statistics().acquiredBytes()).isZero();
        }
    }

    @Test
    void aPoolIsNotKeptByBeingTaken() {
        WeakReference<BufferPool> pool = new WeakReference<>(takenPool());
        Eventually.isTrue("the pool is collected", () -> {
            System.gc();
            return pool.refersTo(null);
        });
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
