/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.slab.SizeClasses;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a buffer is to its owner. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class BufferContractTest extends PoolTest {

    /** Virtual threads share stripes, and the core decides which: what was released last may lie in another. */
    private static void assumeThreadOwnsItsCache() {
        org.junit.jupiter.api.Assumptions.assumeFalse(Thread.currentThread().isVirtual());
    }

    private BufferPool pool;

    @BeforeEach
    void createPool() {
        pool = createdPool();
    }

    /** Closed with its parent, if it is a child. */
    BufferPool createdPool() {
        return pool(128 * MIB);
    }

    /** 0, 1, each class and its neighbours, large ones. */
    private static Set<Long> interestingSizes() {
        Set<Long> sizes = new LinkedHashSet<>(List.of(0L, 1L));
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            long bytes = SizeClasses.bytes(i);
            sizes.addAll(List.of(bytes - 1, bytes, bytes + 1));
        }
        sizes.addAll(List.of(2 * MIB, 3 * MIB + 1, 8 * MIB));
        return sizes;
    }

    @Test
    void aBufferHasTheSizeAskedForAndAtLeastThatCapacity() {
        for (long size : interestingSizes()) {
            try (PooledBuffer buffer = pool.acquire(size)) {
                assertThat(buffer.size()).isEqualTo(size);
                assertThat(buffer.capacity()).isGreaterThanOrEqualTo(Math.max(1, size));
                assertThat(buffer.segment().byteSize()).isEqualTo(buffer.capacity());
                assertThat(buffer.hasArray()).isEqualTo(variant.isHeap());
                if (variant.isHeap()) {
                    assertThat(buffer.array()).hasSize((int) buffer.capacity());
                    assertThat(buffer.segment().heapBase()).containsSame(buffer.array());
                } else {
                    assertThat(buffer.segment().address()).isEqualTo(buffer.address());
                    assertThat(buffer.address() % 64).as("alignment of %s", buffer).isZero();
                }
            }
        }
    }

    @Test
    void whatTheMemoryIsNotIsRefused() {
        for (long size : List.of(100L, 2 * MIB)) {
            try (PooledBuffer buffer = pool.acquire(size)) {
                if (variant.isHeap()) {
                    assertThatThrownBy(buffer::address)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("a heap buffer has no address: ");
                } else {
                    assertThatThrownBy(buffer::array)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("an off-heap buffer has no array: ");
                }
            }
        }
    }

    @Test
    void atMostAFifthOfABufferAbove256BytesIsWasted() {
        for (long size = 257; size <= MIB; size += 1021) {
            try (PooledBuffer buffer = pool.acquire(size)) {
                assertThat(buffer.capacity() - size).isLessThanOrEqualTo(buffer.capacity() / 5);
            }
        }
    }

    @Test
    void theWholeCapacityIsTheOwnersToWrite() {
        Map<Long, PooledBuffer> held = new TreeMap<>();
        for (long size : interestingSizes()) {
            PooledBuffer buffer = pool.acquire(size);
            buffer.segment().fill((byte) size);
            held.put(size, buffer);
        }
        held.forEach((size, buffer) -> {
            byte[] expected = new byte[(int) buffer.capacity()];
            java.util.Arrays.fill(expected, (byte) (long) size);
            assertThat(MemorySegment.ofArray(expected).mismatch(buffer.segment()))
                    .as("first byte of %s that another buffer overwrote", buffer)
                    .isEqualTo(-1);
        });
        release(held.values());
    }

    @Test
    void buffersInUseDoNotOverlap() {
        TreeMap<Long, Long> ends = new TreeMap<>();
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        List<PooledBuffer> held = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            for (long size : List.of(1L, 64L, 65L, 1500L, 4096L, 5000L, 40_000L, 300_000L, MIB, MIB + 1)) {
                PooledBuffer buffer = pool.acquire(size);
                held.add(buffer);
                if (variant.isHeap()) {
                    arrays.add(buffer.array());
                } else {
                    ends.put(buffer.address(), buffer.address() + buffer.capacity());
                }
            }
        }
        assertThat(ends.size() + arrays.size()).isEqualTo(held.size());
        long last = 0;
        for (Map.Entry<Long, Long> range : ends.entrySet()) {
            assertThat(range.getKey()).isGreaterThanOrEqualTo(last);
            last = range.getValue();
        }
        assertAddsUp(pool, held);
        release(held);
        assertAddsUp(pool, List.of());
    }

    @Test
    void aThreadGetsTheBufferBackThatItReleasedLast() {
        assumeThreadOwnsItsCache();
        for (long size : List.of(1L, 1000L, 100_000L, MIB)) {
            PooledBuffer first = pool.acquire(size);
            Object place = variant.placeOf(first);
            first.release();
            PooledBuffer second = pool.acquire(size);
            assertThat(variant.placeOf(second)).isEqualTo(place);
            second.release();
        }
    }

    @Test
    void zeroedMeansZerosAlsoWhereSomebodyWroteBefore() throws InterruptedException {
        for (long size : List.of(0L, 1L, 63L, 4096L, 70_001L, MIB, MIB + 1)) {
            PooledBuffer dirty = pool.acquire(size);
            dirty.segment().fill((byte) 0xAB);
            dirty.release();
            try (PooledBuffer clean = pool.acquire(BufferRequest.of(size).zeroed())) {
                MemorySegment zeros = MemorySegment.ofArray(new byte[(int) size]);
                assertThat(clean.segment().asSlice(0, size).mismatch(zeros)).isEqualTo(-1);
                assertThat(clean.size()).isEqualTo(size);
            }
        }
    }

    @Test
    void anAlignmentAskedForIsKept() throws InterruptedException {
        org.junit.jupiter.api.Assumptions.assumeFalse(variant.isHeap(), "arrays have no alignment to offer");
        for (long size : List.of(0L, 1L, 100L, 5000L, 300_000L, MIB, MIB + 1)) {
            for (long alignment = 1; alignment <= BufferRequest.MAX_ALIGNMENT; alignment *= 2) {
                List<PooledBuffer> held = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    PooledBuffer buffer = pool.acquire(BufferRequest.of(size).aligned(alignment));
                    held.add(buffer);
                    assertThat(buffer.address() % alignment)
                            .as("%d bytes aligned to %d", size, alignment)
                            .isZero();
                    assertThat(buffer.size()).isEqualTo(size);
                    assertThat(buffer.capacity()).isGreaterThanOrEqualTo(size);
                }
                release(held);
            }
        }
    }

    @Test
    void anAlignmentOfArraysIsRefusedWithTheNumberAndChangesNothing() {
        org.junit.jupiter.api.Assumptions.assumeTrue(variant.isHeap());
        for (long size : List.of(0L, 100L, 2 * MIB)) {
            for (long alignment : List.of(2L, 64L, BufferRequest.MAX_ALIGNMENT)) {
                assertThatThrownBy(() -> pool.acquire(BufferRequest.of(size).aligned(alignment)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("alignment is " + alignment + ": Java arrays have none to offer");
            }
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void aSecondReleaseIsRefused() {
        for (long size : List.of(0L, 64L, 4097L, MIB, MIB + 1, 8 * MIB)) {
            PooledBuffer buffer = pool.acquire(size);
            buffer.release();
            assertThatThrownBy(buffer::release)
                    .isInstanceOf(BufferNotAcquiredException.class)
                    .hasMessageContaining("not acquired");
            assertThatThrownBy(buffer::close).isInstanceOf(BufferNotAcquiredException.class);
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void aReleasedBufferCanNotBeUsed() {
        for (long size : List.of(100L, MIB + 1)) {
            PooledBuffer buffer = pool.acquire(size);
            buffer.release();
            List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> uses = List.of(
                    buffer::size,
                    buffer::capacity,
                    buffer::address,
                    buffer::hasArray,
                    buffer::array,
                    buffer::segment,
                    buffer::byteBuffer,
                    buffer::attachment,
                    () -> buffer.attach("x"),
                    () -> buffer.reallocate(10));
            for (var use : uses) {
                assertThatThrownBy(use).isInstanceOf(BufferNotAcquiredException.class);
            }
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void theSegmentOfAReleasedLargeBufferIsDeadWhereTheSystemTakesMemoryBackAtOnce() {
        org.junit.jupiter.api.Assumptions.assumeTrue(variant.isLinux());
        PooledBuffer buffer = pool.acquire(4 * MIB);
        MemorySegment segment = buffer.segment();
        segment.set(ValueLayout.JAVA_BYTE, 4 * MIB - 1, (byte) 1);
        buffer.release();
        assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNegativeSizeIsRefusedWithTheNumber() {
        assertThatThrownBy(() -> pool.acquire(-1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(
                "-1");
        assertThatThrownBy(() -> pool.tryAcquire(Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
        try (PooledBuffer buffer = pool.acquire(100)) {
            assertThatThrownBy(() -> buffer.reallocate(-5)).isInstanceOf(IllegalArgumentException.class);
            assertThat(buffer.size()).isEqualTo(100);
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void aSizeBeyondEveryLimitIsRefused() {
        for (long size : List.of(129 * MIB, (1L << 32) + 64)) { // the lower half of the other is a small size
            assertThat(pool.tryAcquire(size)).isNull();
            assertThatThrownBy(() -> pool.acquire(size)).isInstanceOf(PoolExhaustedException.class);
            assertThatThrownBy(() -> pool.acquire(BufferRequest.of(size))).isInstanceOf(PoolExhaustedException.class);
        }
        for (long size : List.of(1L << 47, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> pool.tryAcquire(size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("size is " + size + ": must be from 0 to ");
        }
    }

    @Test
    void reallocationWithinTheCapacityStaysInPlace() {
        for (long size : List.of(100L, 5000L, MIB, 2 * MIB + 1)) {
            PooledBuffer buffer = pool.acquire(size);
            Object place = variant.placeOf(buffer);
            buffer.segment().fill((byte) 7);
            PooledBuffer grown = buffer.reallocate(buffer.capacity());
            assertThat(grown).isSameAs(buffer);
            assertThat(grown.size()).isEqualTo(buffer.capacity());
            assertThat(variant.placeOf(grown)).isEqualTo(place);
            assertThat(grown.segment().get(ValueLayout.JAVA_BYTE, size - 1)).isEqualTo((byte) 7);
            grown.release();
        }
    }

    @Test
    void shrinkingAChunkStaysInPlace() {
        try (PooledBuffer buffer = pool.acquire(5000)) {
            assertThat(buffer.reallocate(0)).isSameAs(buffer);
            assertThat(buffer.size()).isZero();
            assertThat(buffer.capacity()).isGreaterThanOrEqualTo(5000);
        }
    }

    @Test
    void reallocationThatMovesKeepsTheContentAndReleasesTheFormerBuffer() {
        record Move(long from, long to) {}
        for (Move move : List.of(
                new Move(1, 65),
                new Move(64, 1000),
                new Move(4096, 1 << 20),
                new Move(MIB, MIB + 1),
                new Move(4 * MIB, 100))) {
            PooledBuffer buffer = pool.acquire(move.from);
            for (long i = 0; i < move.from; i++) {
                buffer.segment().set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31));
            }
            PooledBuffer moved = buffer.reallocate(move.to);
            assertThat(moved.size()).isEqualTo(move.to);
            for (long i = 0; i < Math.min(move.from, move.to); i++) {
                if (moved.segment().get(ValueLayout.JAVA_BYTE, i) != (byte) (i * 31)) {
                    throw new AssertionError(move + " lost byte " + i);
                }
            }
            assertThat(moved).isNotSameAs(buffer);
            assertThatThrownBy(buffer::size).isInstanceOf(BufferNotAcquiredException.class);
            assertAddsUp(pool, List.of(moved));
            moved.release();
        }
    }

    @Test
    void reallocationThatFailsChangesNothing() {
        for (long size : List.of(1000L, MIB, 2 * MIB)) {
            PooledBuffer buffer = pool.acquire(size);
            buffer.segment().fill((byte) 9);
            assertThatThrownBy(() -> buffer.reallocate(1L << 40)).isInstanceOf(PoolExhaustedException.class);
            assertThat(buffer.size()).isEqualTo(size);
            assertThat(buffer.segment().get(ValueLayout.JAVA_BYTE, size - 1)).isEqualTo((byte) 9);
            assertAddsUp(pool, List.of(buffer));
            buffer.release();
        }
    }

    @Test
    void anAttachmentLivesWithTheMemory() {
        assumeThreadOwnsItsCache();
        PooledBuffer buffer = pool.acquire(500);
        Object place = variant.placeOf(buffer);
        assertThat(buffer.attachment()).isNull();
        Object wrapper = new Object();
        buffer.attach(wrapper);
        assertThat(buffer.attachment()).isSameAs(wrapper);
        buffer.release();
        PooledBuffer again = pool.acquire(500);
        assertThat(variant.placeOf(again)).isEqualTo(place);
        assertThat(again.attachment()).isSameAs(wrapper);
        again.attach(null);
        assertThat(again.attachment()).isNull();
        again.release();
        try (PooledBuffer large = pool.acquire(2 * MIB)) {
            large.attach(wrapper);
            assertThat(large.attachment()).isSameAs(wrapper);
        }
        try (PooledBuffer large = pool.acquire(2 * MIB)) {
            assertThat(large.attachment()).as("large buffers' memory does not come again").isNull();
        }
    }

    @Test
    void theByteBufferIsAViewOfTheSameMemory() {
        for (long size : List.of(0L, 1L, 100L, 4097L, MIB, MIB + 1)) {
            PooledBuffer buffer = pool.acquire(size);
            ByteBuffer view = buffer.byteBuffer();
            assertThat(view.isDirect()).isEqualTo(!variant.isHeap());
            assertThat(view.hasArray()).isEqualTo(variant.isHeap());
            assertThat(view.position()).isZero();
            assertThat(view.limit()).isEqualTo((int) size);
            assertThat(view.capacity()).isEqualTo((int) buffer.capacity());
            assertThat(view.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
            view.clear().put((int) buffer.capacity() - 1, (byte) 42);
            assertThat(buffer.segment().get(ValueLayout.JAVA_BYTE, buffer.capacity() - 1)).isEqualTo((byte) 42);
            buffer.release();
        }
    }

    @Test
    void theByteBufferIsTheSameForAnOwnerAndFreshForTheNext() {
        assumeThreadOwnsItsCache();
        PooledBuffer buffer = pool.acquire(100);
        ByteBuffer view = buffer.byteBuffer();
        view.position(7).limit(9).order(ByteOrder.LITTLE_ENDIAN).mark();
        assertThat(buffer.byteBuffer()).isSameAs(view);
        assertThat(buffer.byteBuffer().position()).isEqualTo(7);
        assertThat(buffer.byteBuffer().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        buffer.release();
        PooledBuffer next = pool.acquire(90);
        assertThat(next).isSameAs(buffer);
        assertThat(next.byteBuffer().position()).isZero();
        assertThat(next.byteBuffer().limit()).isEqualTo(90);
        assertThat(next.byteBuffer().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        next.release();
    }

    @Test
    void aBufferMayBeReleasedOnAnotherThread() throws Exception {
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            held.add(pool.acquire(1 + i * 37L));
        }
        onNewThread(() -> {
            release(held);
            return null;
        });
        assertAddsUp(pool, List.of());
        PooledBuffer large = pool.acquire(5 * MIB);
        onNewThread(() -> {
            large.release();
            return null;
        });
        assertAddsUp(pool, List.of());
    }

    @Test
    void theSegmentIsOpenToAnyThread() throws Exception {
        for (long size : List.of(10L, 2 * MIB)) {
            PooledBuffer buffer = pool.acquire(size);
            MemorySegment segment = buffer.segment();
            onNewThread(() -> {
                segment.set(ValueLayout.JAVA_BYTE, 3, (byte) 5);
                return null;
            });
            assertThat(segment.get(ValueLayout.JAVA_BYTE, 3)).isEqualTo((byte) 5);
            buffer.release();
        }
    }
}
