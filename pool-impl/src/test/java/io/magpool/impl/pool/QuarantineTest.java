/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolConfig.Safety;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.Registration;
import io.magpool.api.TrimDepth;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Released memory is kept back, within bounds, and stands in nobody's way. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class QuarantineTest extends FollowedPoolTest {

    private static void assertTermsAddUp(PoolStatistics now) {
        now.sizeClasses().forEach(c -> assertThat(c.acquired() + c.quarantined() + c.lost() + c.cachedInThreads()
                + c.cachedInDepots() + c.free() + c.purged()).as(c.toString()).isEqualTo(c.carved()));
    }

    @Test
    void whatIsAskedForOfAFollowedBufferIsWhatItWasReallocatedTo() {
        BufferPool pool = checkedPool();
        for (long size : new long[]{3 * MIB, 50_000}) {
            PooledBuffer buffer = pool.acquire(size);
            assertThat(pool.statistics().askedBytes()).isEqualTo(size);
            assertThat(buffer.reallocate(size - 1000)).isSameAs(buffer);
            assertThat(pool.statistics().askedBytes()).isEqualTo(size - 1000);
            assertThat(buffer.reallocate(10)).isSameAs(buffer);
            assertThat(pool.statistics().askedBytes()).isEqualTo(10);
            buffer.release();
            assertThat(pool.statistics().askedBytes()).isZero();
        }
        pool.trim(TrimDepth.FULL);
        assertThat(pool.statistics().askedBytes()).isZero();
    }

    @Test
    void quarantinedMemoryIsATermOfTheStatistics() {
        BufferPool pool = checkedPool();
        PooledBuffer held = pool.acquire(1000);
        pool.acquire(1000).release();
        pool.acquire(2 * MIB).release();
        PoolStatistics now = pool.statistics();
        assertThat(now.acquiredBytes()).isEqualTo(held.capacity());
        assertThat(now.quarantinedBytes()).isEqualTo(held.capacity() + 2 * MIB);
        assertThat(now.largeBytes()).isZero();
        assertThat(now.lostBytes()).isZero();
        assertThat(now.acquires()).isEqualTo(3);
        assertThat(now.releases()).isEqualTo(2);
        assertTermsAddUp(now);
        held.release();
        pool.close();
        assertThat(pool.statistics().quarantinedBytes()).isZero();
        assertThat(incidents).isEmpty();
    }

    @Test
    void itIsBoundedInBytes() {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).quarantineBytes(10_000));
        for (int i = 0; i < 100; i++) {
            pool.acquire(1024).release();
            assertThat(pool.statistics().quarantinedBytes()).isLessThanOrEqualTo(10_000);
        }
        assertThat(pool.statistics().quarantinedBytes()).isEqualTo(9 * 1024);
        pool.acquire(MIB).release();
        assertThat(pool.statistics().quarantinedBytes()).as("too large to be kept").isEqualTo(9 * 1024);
        assertTermsAddUp(pool.statistics());
    }

    /** Nobody uses what is there; and as whenever it leaves, it is looked at. */
    @Test
    void aFullTrimEmptiesItAndAGentleOneDoesNot() {
        BufferPool pool = checkedPool();
        PooledBuffer small = pool.acquire(1000);
        MemorySegment stale = variant.isHeap() ? MemorySegment.ofArray(small.array()) : null;
        small.release();
        pool.acquire(2 * MIB).release();
        if (stale != null) {
            stale.set(ValueLayout.JAVA_BYTE, 7, (byte) 0);
        }
        pool.trim(TrimDepth.GENTLE);
        assertThat(pool.statistics().quarantinedBytes()).isEqualTo(1024 + 2 * MIB);
        assertThat(incidents).isEmpty();
        pool.trim(TrimDepth.FULL);
        assertThat(pool.statistics().quarantinedBytes()).isZero();
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertThat(incidents).hasSize(variant.isHeap() ? 1 : 0);
    }

    /** Where the alignment is beyond that of chunks, a small buffer has a mapping of its own. */
    @Test
    void whatIsSmallAndLargeInOneIsCountedAsWhatItIs() throws InterruptedException {
        Assumptions.assumeFalse(variant.isHeap(), "Java arrays have no alignment");
        BufferPool pool = checkedPool();
        try (PooledBuffer aligned = pool.acquire(BufferRequest.of(4096).aligned(2 * MIB))) {
            assertThat(pool.statistics().largeBytes()).isEqualTo(aligned.capacity());
        }
        PoolStatistics now = pool.statistics();
        assertThat(now.largeBytes()).isZero();
        assertThat(now.acquiredBytes()).isZero();
        assertThat(now.quarantinedBytes()).isEqualTo(4096);
        assertThat(now.sizeClasses()).allMatch(c -> c.quarantined() == 0 && c.acquired() == 0);
        assertTermsAddUp(now);
        pool.close();
        assertThat(pool.statistics().quarantinedBytes()).isZero();
    }

    @Test
    void itIsBoundedInEntries() {
        BufferPool pool = checkedPool();
        for (int i = 0; i < 4100; i++) {
            pool.acquire(64).release();
        }
        assertThat(pool.statistics().quarantinedBytes()).isEqualTo(4096 * 64);
    }

    @Test
    void itGoesBeforeAnAcquireIsRefused() {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).maxBytes(8 * MIB).quarantineBytes(8 * MIB));
        List<PooledBuffer> held = fill(pool, MIB);
        assertThat(held).hasSizeGreaterThan(2);
        long refusals = pool.statistics().refusals();
        held.removeLast().release();
        held.add(pool.acquire(MIB));
        held.removeLast().release();
        held.add(pool.tryAcquire(MIB));
        assertThat(pool.statistics().refusals()).isEqualTo(refusals);
        assertThat(pool.tryAcquire(MIB)).isNull();
        assertThatThrownBy(() -> pool.acquire(MIB)).isInstanceOf(PoolExhaustedException.class);
        assertThatThrownBy(() -> pool.acquire(BufferRequest.of(MIB))).isInstanceOf(PoolExhaustedException.class);
        assertThat(pool.statistics().refusals()).isEqualTo(refusals + 3);
        release(held);
    }

    @Test
    void whoWaitsIsServedByARelease() throws Exception {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).maxBytes(8 * MIB).quarantineBytes(8 * MIB));
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> waiting =
                start(() -> pool.acquire(BufferRequest.of(MIB).within(Duration.ofSeconds(40)))).awaitParked();
        held.removeLast().release();
        held.add(join(waiting));
        release(held);
    }

    @Test
    void whoWaitsToBeCalledBackIsServedByTheQuarantineAndByReleases() throws Exception {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).maxBytes(8 * MIB).quarantineBytes(8 * MIB));
        List<PooledBuffer> held = fill(pool, MIB);
        AtomicInteger calls = new AtomicInteger();
        held.removeLast().release();
        assertThat(pool.statistics().quarantinedBytes()).isPositive();
        pool.onAvailable(MIB, calls::incrementAndGet);
        assertThat(calls).as("quarantined memory gives way").hasValue(1);
        held.add(pool.acquire(MIB));
        Registration cancelled = pool.onAvailable(MIB, calls::incrementAndGet);
        cancelled.close();
        pool.onAvailable(MIB, calls::incrementAndGet);
        assertThat(calls).hasValue(1);
        held.removeLast().release();
        assertThat(calls).as("a release does not go through quarantine").hasValue(2);
        pool.acquire(MIB).release();
        assertThat(pool.statistics().quarantinedBytes()).as("nobody waits any more").isPositive();
        assertThatThrownBy(() -> pool.onAvailable(9 * MIB, calls::incrementAndGet))
                .isInstanceOf(PoolExhaustedException.class);
        release(held);
        assertThat(incidents).isEmpty();
    }

    @Test
    void alignmentOutlivesAMoveOfALargeBuffer() throws InterruptedException {
        Assumptions.assumeFalse(variant.isHeap(), "Java arrays have no alignment");
        BufferPool pool = checkedPool();
        PooledBuffer buffer = pool.acquire(BufferRequest.of(2 * MIB).aligned(MIB));
        PooledBuffer grown = buffer.reallocate(5 * MIB);
        assertThat(grown.address() % MIB).isZero();
        grown.release();
    }

    @Test
    void contentAndRequestsAreThoseOfAnyPool() throws InterruptedException {
        BufferPool pool = checkedPool();
        PooledBuffer buffer = pool.acquire(100);
        assertThat(buffer.size()).isEqualTo(100);
        assertThat(buffer.byteBuffer().remaining()).isEqualTo(100);
        buffer.segment().set(ValueLayout.JAVA_BYTE, 99, (byte) 7);
        PooledBuffer grown = buffer.reallocate(100_000);
        assertThat(grown).isNotSameAs(buffer);
        assertThat(grown.segment().get(ValueLayout.JAVA_BYTE, 99)).isEqualTo((byte) 7);
        assertThat(grown.reallocate(90_000)).isSameAs(grown);
        assertThat(grown.size()).isEqualTo(90_000);
        assertThatThrownBy(() -> grown.reallocate(-1)).isInstanceOf(IllegalArgumentException.class);
        grown.release();
        int alignment = variant.isHeap() ? 1 : 4096;
        try (PooledBuffer zeros = pool.acquire(BufferRequest.of(5000).zeroed().aligned(alignment))) {
            assertThat(variant.isHeap() || zeros.address() % alignment == 0).isTrue();
            assertThat(zeros.segment().asSlice(0, 5000).mismatch(MemorySegment.ofArray(new byte[5000]))).isEqualTo(-1);
        }
        assertThat(incidents).isEmpty();
    }

    @Test
    void javaArraysGoThroughItToo() {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).storage(Storage.HEAP));
        PooledBuffer buffer = pool.acquire(100);
        assertThat(buffer.hasArray()).isTrue();
        byte[] stale = buffer.array();
        assertThat(buffer.byteBuffer().array()).isSameAs(stale);
        buffer.release();
        stale[3] = 0;
        pool.close();
        assertThat(onlyIncident().details()).startsWith("1 byte changed, from offset 3 to 3");
    }

    @Test
    void samplesDieInBatches() {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(1));
        List<MemorySegment> stale = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            try (PooledBuffer buffer = pool.acquire(100)) {
                stale.add(buffer.segment());
            }
        }
        assertThat(stale).noneMatch(segment -> segment.scope().isAlive());
        PooledBuffer buffer = pool.acquire(100);
        buffer.release();
        assertThatThrownBy(buffer::release).hasCauseInstanceOf(Throwable.class);
    }

    @Test
    void aBatchThatIsNotFullEndsWithThePool() {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(1));
        PooledBuffer first = pool.acquire(100);
        PooledBuffer last = pool.acquire(100);
        MemorySegment stale = first.segment();
        first.release();
        assertThat(stale.scope().isAlive()).as("while its batch is open").isTrue();
        pool.abandon();
        assertThat(stale.scope().isAlive()).as("while its batch has others").isTrue();
        last.release();
        assertThat(stale.scope().isAlive()).isFalse();
    }

    /** What has a mapping of its own may be unmapped at once, however small it is. */
    @Test
    void aMappingOfItsOwnWaitsForNoBatch() throws InterruptedException {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(1));
        PooledBuffer buffer = pool.acquire(BufferRequest.of(4096).aligned(2 * MIB));
        MemorySegment stale = buffer.segment();
        buffer.release();
        assertThat(stale.scope().isAlive()).isFalse();
    }

    private static long samplesAmong(int count, BufferPool pool, int size) {
        long samples = 0;
        for (int i = 0; i < count; i++) {
            PooledBuffer buffer = pool.acquire(size);
            samples += pool.acquisitionSites().isEmpty() ? 0 : 1;
            buffer.release();
        }
        return samples;
    }

    @Test
    void oneInSoManyIsASampleAndAllAreCounted() {
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(10));
        assertThat(samplesAmong(10_000, pool, 100)).isBetween(700L, 1400L);
        pool.trim(TrimDepth.FULL); // empties the quarantine
        assertThat(pool.statistics().acquires()).isEqualTo(10_000);
        assertThat(pool.statistics().releases()).isEqualTo(10_000);
        StatisticsEquations.assertHold(pool.statistics());
    }

    @Test
    void theSameOfThoseWithMemoryOfTheirOwn() {
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(4));
        assertThat(samplesAmong(400, pool, 2 << 20)).isBetween(50L, 170L);
    }

    @Test
    void aChildHasSamplesOfItsOwn() {
        BufferPool parent = pool(followed().safety(Safety.SAMPLED).sampleRate(10));
        try (BufferPool child = parent.child("kin", ChildLimits.none())) {
            assertThat(samplesAmong(2_000, child, 100)).isBetween(120L, 300L);
        }
    }

    @Test
    void virtualThreadsHaveSamplesToo() throws InterruptedException {
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(10));
        AtomicLong samples = new AtomicLong();
        for (int i = 0; i < 2_000; i++) {
            Thread.ofVirtual().start(() -> samples.addAndGet(samplesAmong(1, pool, 100))).join();
        }
        assertThat(samples.get()).isBetween(120L, 300L);
    }

    @Test
    void refusalsUseNoSamplesUp() {
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(10));
        PooledBuffer small = pool.acquire(100); // so that there is a slab of them
        List<PooledBuffer> all = new ArrayList<>();
        for (PooledBuffer buffer = pool.tryAcquire(MIB); buffer != null; buffer = pool.tryAcquire(MIB)) {
            all.add(buffer);
        }
        long samples = 0;
        for (int i = 0; i < 400; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(pool.tryAcquire(MIB)).isNull();
            }
            small.release();
            long before = followed(pool);
            small = pool.acquire(100);
            samples += followed(pool) - before;
        }
        assertThat(samples).isBetween(15L, 75L);
        small.release();
        all.forEach(PooledBuffer::release);
    }

    private static long followed(BufferPool pool) {
        return pool.acquisitionSites().stream().mapToLong(AcquisitionSite::buffers).sum();
    }

    @Test
    void whatVirtualThreadsHaveFromADepotIsSampledAsOften() throws InterruptedException {
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(10));
        AtomicLong samples = new AtomicLong();
        for (int i = 0; i < 100; i++) {
            Thread.ofVirtual().start(() -> {
                List<PooledBuffer> held = new ArrayList<>();
                for (int j = 0; j < 20; j++) {
                    held.add(pool.acquire(200_000)); // a magazine has one of these
                }
                samples.addAndGet(followed(pool));
                held.forEach(PooledBuffer::release);
            }).join();
        }
        assertThat(samples.get()).isBetween(120L, 300L);
    }

    @Test
    void alsoOneThatMayWaitIsASample() throws InterruptedException {
        BufferPool pool = pool(followed().safety(Safety.SAMPLED).sampleRate(1));
        try (PooledBuffer buffer = pool.acquire(BufferRequest.of(100).zeroed().within(Duration.ofSeconds(1)))) {
            assertThat(pool.acquisitionSites()).hasSize(1);
            assertThat(buffer.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 0)).isZero();
        }
    }
}
