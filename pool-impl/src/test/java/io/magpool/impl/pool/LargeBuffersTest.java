/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Buffers above the largest size class: they grow, shrink, are kept for a while after their release, and are counted. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class LargeBuffersTest extends PoolTest {

    private static final long PAGE = 4096;

    private BufferPool pool;

    @BeforeEach
    void createPool() {
        pool = pool(128 * MIB);
    }

    /** Writes a pattern that depends on the place, sparsely and at the end. */
    private static void stamp(PooledBuffer buffer, long from, int seed) {
        MemorySegment all = buffer.segment();
        for (long at = from; at < buffer.size(); at += 509) {
            all.set(ValueLayout.JAVA_BYTE, at, (byte) (at * 31 + seed));
        }
    }

    private static void assertStamped(PooledBuffer buffer, long to, int seed) {
        MemorySegment all = buffer.segment();
        for (long at = 0; at < to; at += 509) {
            if (all.get(ValueLayout.JAVA_BYTE, at) != (byte) (at * 31 + seed)) {
                throw new AssertionError("byte " + at + " of " + to + " was lost in " + buffer);
            }
        }
    }

    private void assertExact() {
        PoolStatistics now = pool.statistics();
        assertThat(now.chargedBytes()).isEqualTo(now.largeBytes() + now.cachedLargeBytes());
        assertThat(now.reservedBytes()).isEqualTo(now.chargedBytes());
    }

    @Test
    void growthAndShrinkingKeepTheContentAndTheCountsToTheByte() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        try {
            PooledBuffer buffer = pool.acquire(MIB + 1);
            stamp(buffer, 0, 0);
            for (int i = 0; i < 60; i++) {
                long before = buffer.size();
                long size = MIB + 1 + random.nextLong(12 * MIB);
                buffer = buffer.reallocate(size);
                assertThat(buffer.size()).isEqualTo(size);
                assertThat(buffer.capacity()).isGreaterThanOrEqualTo(size);
                assertThat(buffer.segment().byteSize()).isEqualTo(buffer.capacity());
                assertThat(variant.isHeap() || buffer.segment().address() == buffer.address())
                        .isTrue();
                assertThat(buffer.byteBuffer().capacity()).isEqualTo((int) buffer.capacity());
                assertStamped(buffer, Math.min(before, size), 0);
                stamp(buffer, 0, 0);
                if (variant.isLinux()) {
                    assertThat(buffer.capacity()).isEqualTo(Math.ceilDiv(size, PAGE) * PAGE);
                }
                assertThat(pool.statistics().largeBytes()).isEqualTo(buffer.capacity());
                assertExact();
            }
            buffer.release();
            assertExact();
            assertAddsUp(pool, List.of());
        } catch (AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
    }

    @Test
    void theTermsAddUpAfterAnyHistory() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<PooledBuffer> held = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                int choice = random.nextInt(10);
                int which = held.isEmpty() ? 0 : random.nextInt(held.size());
                long size = MIB + 1 + random.nextLong(1L << random.nextInt(10, 25));
                if (held.isEmpty() || (choice < 4 && held.size() < 20)) {
                    PooledBuffer buffer = pool.tryAcquire(size);
                    if (buffer != null) {
                        held.add(buffer);
                    }
                } else if (choice < 7) {
                    held.remove(which).release();
                } else {
                    try {
                        held.set(which, held.get(which).reallocate(size));
                    } catch (PoolExhaustedException full) {
                        assertThat(full.asked()).isEqualTo(size);
                    }
                }
                assertExact();
                assertAddsUp(pool, held);
            }
        } catch (AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
        release(held);
        assertAddsUp(pool, List.of());
    }

    @Test
    void growthInPlaceOrByMovingPagesKeepsTheHandleAndTheAlignment() throws Exception {
        assumeTrue(variant.isLinux());
        PooledBuffer plain = pool.acquire(2 * MIB);
        assertThat(plain.reallocate(20 * MIB)).isSameAs(plain);
        assertThat(plain.address() % PAGE).isZero();
        plain.release();
        for (long alignment : List.of(64L, PAGE, 4 * PAGE, MIB, 2 * MIB)) {
            PooledBuffer buffer = pool.acquire(BufferRequest.of(2 * MIB).aligned(alignment));
            for (long size = 3 * MIB; size <= 12 * MIB; size += MIB) {
                stamp(buffer, 0, 1);
                buffer = buffer.reallocate(size);
                assertStamped(buffer, size - MIB, 1);
                assertThat(buffer.address() % alignment).as("alignment %d, size %d", alignment, size).isZero();
            }
            buffer = buffer.reallocate(MIB + 5);
            assertThat(buffer.address() % alignment).isZero();
            buffer = buffer.reallocate(100_000);
            assertThat(buffer.address() % alignment).isZero();
            assertStamped(buffer, 100_000, 1);
            buffer.release();
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void aStaleSegmentIsDeadAfterTheMemoryWasResizedOrReleased() {
        assumeTrue(variant.isLinux());
        PooledBuffer buffer = pool.acquire(2 * MIB);
        List<MemorySegment> stale = new ArrayList<>();
        for (long size : List.of(9 * MIB, 3 * MIB, 4 * MIB, 20 * MIB)) {
            stale.add(buffer.segment());
            buffer = buffer.reallocate(size);
            buffer.segment().set(ValueLayout.JAVA_BYTE, size - 1, (byte) 1);
        }
        stale.add(buffer.segment());
        buffer.release();
        for (MemorySegment each : stale) {
            assertThatThrownBy(() -> each.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        }
        PooledBuffer released = buffer;
        assertThatThrownBy(() -> released.reallocate(MIB)).isInstanceOf(BufferNotAcquiredException.class);
    }

    @Test
    void shrinkingGivesTheTailBack() {
        assumeTrue(variant.isLinux());
        PooledBuffer buffer = pool.acquire(10 * MIB);
        assertThat(buffer.reallocate(3 * MIB + 1)).isSameAs(buffer);
        assertThat(pool.statistics().chargedBytes()).isEqualTo(3 * MIB + PAGE);
        assertThat(buffer.capacity()).isEqualTo(3 * MIB + PAGE);
        buffer.release();
    }

    @Test
    void whatIsSmallEnoughMovesIntoAChunk() {
        PooledBuffer buffer = pool.acquire(3 * MIB);
        stamp(buffer, 0, 7);
        PooledBuffer chunk = buffer.reallocate(MIB);
        assertThat(chunk).isNotSameAs(buffer).isInstanceOf(Chunk.class);
        assertStamped(chunk, MIB, 7);
        assertThatThrownBy(buffer::size).isInstanceOf(BufferNotAcquiredException.class);
        assertAddsUp(pool, List.of(chunk));
        chunk.release();
    }

    @Test
    void shrinkingNeverFailsForLackOfRoom() {
        PooledBuffer buffer = pool.acquire(3 * MIB);
        stamp(buffer, 0, 7);
        List<PooledBuffer> others = fill(pool, MIB);
        others.addAll(fill(pool, 64));
        PooledBuffer small = buffer.reallocate(MIB);
        assertThat(small).isSameAs(buffer);
        assertThat(small.size()).isEqualTo(MIB);
        assertStamped(small, MIB, 7);
        assertAddsUp(pool, List.of(small), others);
        if (variant.isLinux()) {
            assertThat(small.capacity()).isEqualTo(MIB);
        }
        PooledBuffer last = small.reallocate(0);
        assertThat(last.size()).isZero();
        release(others);
        last.release();
        assertAddsUp(pool, List.of());
    }

    private static void assertAddsUp(BufferPool pool, List<PooledBuffer> some, List<PooledBuffer> others) {
        long held = 0;
        for (PooledBuffer each : some) {
            held += each.capacity();
        }
        for (PooledBuffer each : others) {
            held += each.capacity();
        }
        assertThat(pool.statistics().acquiredBytes()).isEqualTo(held);
        assertThat(pool.statistics().chargedBytes()).isLessThanOrEqualTo(pool.statistics().maxBytes());
    }

    @Test
    void inAClosedPoolABufferShrinksAndDoesNotGrow() {
        PooledBuffer buffer = pool.acquire(3 * MIB);
        stamp(buffer, 0, 7);
        assertThatThrownBy(pool::close).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> buffer.reallocate(4 * MIB)).isInstanceOf(PoolClosedException.class);
        for (long size : List.of(3 * MIB, 2 * MIB, 1000L, 0L)) {
            assertThat(buffer.reallocate(size)).isSameAs(buffer);
            assertThat(buffer.size()).isEqualTo(size);
            assertStamped(buffer, size, 7);
        }
        buffer.release();
        assertThat(pool.statistics().chargedBytes()).isZero();
    }

    @Test
    void growthBeyondTheLimitIsRefusedAndChangesNothing() {
        PooledBuffer buffer = pool.acquire(100 * MIB);
        PooledBuffer other = pool.acquire(20 * MIB);
        stamp(buffer, 0, 7);
        assertThatThrownBy(() -> buffer.reallocate(109 * MIB)).isInstanceOf(PoolExhaustedException.class);
        assertThatThrownBy(() -> buffer.reallocate(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(buffer.size()).isEqualTo(100 * MIB);
        assertStamped(buffer, 100 * MIB, 7);
        assertExact();
        other.release();
        buffer.release();
    }

    @Test
    void growthIsMeasuredByTheDifferenceWhereTheSystemRemaps() {
        assumeTrue(variant.isLinux());
        PooledBuffer buffer = pool.acquire(100 * MIB);
        assertThat(buffer.reallocate(128 * MIB)).isSameAs(buffer);
        assertThat(pool.statistics().chargedBytes()).isEqualTo(128 * MIB);
        buffer.release();
    }

    @Test
    void aReleasedMappingIsUsedAgainIfItWastesLittle() {
        PooledBuffer buffer = pool.acquire(8 * MIB);
        Object address = variant.placeOf(buffer);
        buffer.release();
        assertThat(pool.statistics().cachedLargeBytes()).isEqualTo(8 * MIB);
        PooledBuffer muchSmaller = pool.acquire(7 * MIB);
        assertThat(variant.placeOf(muchSmaller)).isNotEqualTo(address);
        PooledBuffer little = pool.acquire(8 * MIB - 300_000);
        assertThat(variant.placeOf(little)).isEqualTo(address);
        assertThat(little.capacity()).isEqualTo(8 * MIB);
        assertThat(pool.statistics().cachedLargeBytes()).isZero();
        assertAddsUp(pool, List.of(muchSmaller, little));
        muchSmaller.release();
        little.release();
        assertExact();
    }

    @Test
    void aReusedMappingIsClearedWhereZerosAreAskedFor() throws Exception {
        PooledBuffer dirty = pool.acquire(3 * MIB);
        Object address = variant.placeOf(dirty);
        dirty.segment().fill((byte) -1);
        dirty.release();
        PooledBuffer clean = pool.acquire(BufferRequest.of(3 * MIB).zeroed());
        assertThat(variant.placeOf(clean)).isEqualTo(address);
        assertThat(clean.segment().mismatch(MemorySegment.ofArray(new byte[(int) (3 * MIB)]))).isEqualTo(-1);
        PooledBuffer fresh = pool.acquire(BufferRequest.of(3 * MIB).zeroed());
        assertThat(fresh.segment().mismatch(MemorySegment.ofArray(new byte[(int) (3 * MIB)]))).isEqualTo(-1);
        clean.release();
        fresh.release();
    }

    @Test
    void atMostAnEighthOfTheLimitIsKept() {
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(pool.acquire(3 * MIB));
        }
        held.add(pool.acquire(17 * MIB));
        release(held);
        assertThat(pool.statistics().cachedLargeBytes()).isEqualTo(15 * MIB);
        assertExact();
        pool.trimCurrentThread();
        assertThat(pool.statistics().cachedLargeBytes()).isEqualTo(15 * MIB);
    }

    @Test
    void theLastReleasedAreKept() {
        BufferPool wide = pool(512 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < LargeCache.MAX_MAPPINGS + 3; i++) {
            held.add(wide.acquire(2 * MIB));
        }
        Object last = variant.placeOf(held.getLast());
        release(held);
        assertThat(wide.statistics().cachedLargeBytes()).isEqualTo(LargeCache.MAX_MAPPINGS * 2 * MIB);
        PooledBuffer again = wide.acquire(2 * MIB);
        assertThat(variant.placeOf(again)).isEqualTo(last);
        again.release();
    }

    @Test
    void whatIsKeptGoesBackBeforeAnAcquireIsRefused() {
        for (long size : List.of(100L, MIB, 2 * MIB)) {
            pool.acquire(16 * MIB).release();
            assertThat(pool.statistics().cachedLargeBytes()).as("before buffers of %d", size).isEqualTo(16 * MIB);
            List<PooledBuffer> held = fill(pool, size);
            assertThat(pool.statistics().cachedLargeBytes()).isZero();
            assertThat(pool.statistics().acquiredBytes()).isGreaterThan(120 * MIB);
            release(held);
            ((MagazinePool) pool).large().dropCached();
        }
    }

    @Test
    void closingGivesBackWhatIsKept() {
        pool.acquire(3 * MIB).release();
        pool.close();
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertThat(pool.statistics().cachedLargeBytes()).isZero();
    }

    @Test
    void moreThanAByteBufferHoldsHasASegmentOnly() {
        assumeTrue(variant.isLinux(), "pages that nobody touches cost nothing there");
        pool = pool(variant.config().maxBytes(3L << 30));
        try (PooledBuffer buffer = pool.acquire(1L << 31)) {
            assertThat(buffer.segment().byteSize()).isEqualTo(1L << 31);
            assertThatThrownBy(buffer::byteBuffer)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("capacity is 2147483648: a ByteBuffer holds at most 2147483647 bytes");
        }
    }

    @Test
    void heapBuffersGrowAndShrinkToo() {
        pool = pool(variant.config().maxBytes(128 * MIB).storage(Storage.HEAP));
        PooledBuffer buffer = pool.acquire(2 * MIB);
        stamp(buffer, 0, 3);
        PooledBuffer grown = buffer.reallocate(5 * MIB);
        assertStamped(grown, 2 * MIB, 3);
        assertThat(grown.array()).hasSize((int) (5 * MIB));
        PooledBuffer shrunk = grown.reallocate(2 * MIB);
        assertStamped(shrunk, 2 * MIB, 3);
        PooledBuffer chunk = shrunk.reallocate(5000);
        assertStamped(chunk, 5000, 3);
        chunk.release();
        assertAddsUp(pool, List.of());
    }

    @Test
    void manyThreadsAcquireResizeAndReleaseWithoutLosingAByte() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Running<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            SplittableRandom own = random.split();
            int stamp = thread;
            running.add(start(() -> {
                for (int i = 0; i < (variant.isLinux() ? 60 : 10); i++) {
                    exercise(own, stamp);
                }
                return null;
            }));
        }
        try {
            for (Running<Void> each : running) {
                join(each);
            }
        } catch (Exception | AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
        assertAddsUp(pool, List.of());
        pool.close();
        assertThat(pool.statistics().reservedBytes()).isZero();
    }

    private void exercise(SplittableRandom random, int stamp) {
        PooledBuffer buffer;
        try {
            buffer = pool.acquire(MIB + 1 + random.nextLong(8 * MIB));
        } catch (PoolExhaustedException | MemoryRefusedException full) {
            return;
        }
        stamp(buffer, 0, stamp);
        for (int i = 0; i < 3; i++) {
            long before = buffer.size();
            long size = random.nextLong(16 * MIB);
            try {
                buffer = buffer.reallocate(size);
            } catch (PoolExhaustedException | MemoryRefusedException full) { // the JVM has a limit of its own
                if (size <= before) {
                    throw new AssertionError("shrinking was refused", full);
                }
            }
            assertStamped(buffer, Math.min(before, buffer.size()), stamp);
            stamp(buffer, 0, stamp);
        }
        buffer.release();
    }
}
