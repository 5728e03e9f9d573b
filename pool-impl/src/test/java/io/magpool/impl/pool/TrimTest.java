/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimPolicy;
import io.magpool.api.TrimReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes back to the system after a burst, as the system itself tells it. */
class TrimTest {

    private static final long MIB = 1L << 20;
    private static final long BURST = 64 * MIB;

    @BeforeEach
    void assumeLinux() {
        Variant.LINUX_ASYMMETRIC.assumePossible();
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.builder().memory(MemoryKind.LINUX).maxBytes(256 * MIB);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 4 << 10, 16 << 10, 256 << 10})
    void twoIntervalsAfterABurstItsMemoryIsGone(int size) {
        try (ClockedPool clocked = new ClockedPool(config())) {
            clocked.burst(BURST, size).forEach(PooledBuffer::release);
            assertThat(clocked.resident()).isGreaterThanOrEqualTo(BURST);
            assertThat(clocked.tick()).as("nothing was idle for a whole interval").isZero();
            assertThat(clocked.tick()).isGreaterThanOrEqualTo(BURST * 97 / 100);
            assertThat(clocked.resident()).isLessThanOrEqualTo(BURST * 3 / 100);
            PoolStatistics after = clocked.pool.statistics();
            assertThat(after.chargedBytes()).as("uncharged at once").isZero();
            assertThat(after.trims()).isEqualTo(1);
            assertThat(after.trimmedBytes()).isGreaterThanOrEqualTo(BURST * 97 / 100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 4 << 10, 5 << 10, 6 << 10, 16 << 10, 256 << 10})
    void aroundSurvivorsEachPageGoesThatIsWhollyFree(int size) {
        long seed = System.nanoTime();
        try (ClockedPool clocked = new ClockedPool(config())) {
            List<PooledBuffer> burst = clocked.burst(BURST, size);
            Collections.shuffle(burst, new Random(seed));
            List<PooledBuffer> survivors = burst.subList(0, burst.size() / 20);
            burst.subList(burst.size() / 20, burst.size()).forEach(PooledBuffer::release);
            clocked.tick();
            clocked.tick();
            Set<Long> pages = new TreeSet<>();
            for (PooledBuffer survivor : survivors) {
                long end = survivor.address() + survivor.capacity();
                for (long page = survivor.address() >> 12; page << 12 < end; page++) {
                    pages.add(page);
                }
            }
            long pinned = (long) pages.size() << 12;
            assertThat(clocked.resident()).as("seed %d", seed).isEqualTo(pinned);
            assertThat(clocked.pool.charge().charged()).as("seed %d", seed).isEqualTo(pinned);
            if (size >= 4096) {
                assertThat(pinned).as("seed %d", seed).isLessThanOrEqualTo(BURST / 10);
            }
            survivors.forEach(PooledBuffer::release);
        }
    }

    @Test
    void whatASteadyLoadUsesIsLeftAlone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ClockedPool clocked = new ClockedPool(oneArena())) {
            int[] sizes = {256, 2500, 16 << 10, 100_000};
            List<List<PooledBuffer>> live = new ArrayList<>();
            for (int size : sizes) {
                live.add(clocked.burst(200L * size, size));
            }
            for (int interval = 0; interval < 20; interval++) {
                for (int i = 0; i < 5_000; i++) {
                    int which = random.nextInt(sizes.length);
                    int at = random.nextInt(200);
                    live.get(which).set(at, clocked.pool.acquire(sizes[which])).release();
                }
                long charged = clocked.pool.charge().charged();
                clocked.tick();
                if (interval > 2) {
                    assertThat(clocked.pool.charge().charged()).as("seed %d", seed).isEqualTo(charged);
                }
            }
            live.forEach(buffers -> buffers.forEach(PooledBuffer::release));
        }
    }

    /** A thread that is moved to another core leaves a magazine behind, which is idle then in earnest. */
    private static PoolConfig.Builder oneArena() {
        return config().arenas(1);
    }

    @Test
    void wavesWithinAnIntervalAreLeftAlone() {
        try (ClockedPool clocked = new ClockedPool(oneArena())) {
            for (int interval = 0; interval < 6; interval++) {
                clocked.burst(8 * MIB, 4096).forEach(PooledBuffer::release);
                assertThat(clocked.tick()).isZero();
            }
        }
    }

    @Test
    void cachesOfOtherIdleThreadsAreEmptiedAndBusyOnesAreNot() throws InterruptedException {
        try (ClockedPool clocked = new ClockedPool(config())) {
            CountDownLatch released = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Thread idle = Thread.ofPlatform().start(() -> {
                clocked.pool.acquire(64 << 10).release();
                released.countDown();
                awaitUninterruptibly(end);
            });
            released.await();
            clocked.pool.acquire(4096).release();
            clocked.tick();
            clocked.pool.acquire(4096).release();
            clocked.tick();
            long busy = clocked.pool.statistics().cachedInThreadsBytes();
            assertThat(busy).as("of the busy thread only").isPositive().isLessThanOrEqualTo(64 * 4096);
            clocked.tick();
            assertThat(clocked.pool.statistics().cachedInThreadsBytes()).isZero();
            assertThat(clocked.pool.charge().charged()).isZero();
            end.countDown();
            idle.join();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void stripesAndCachesOfDeadThreadsAreEmptiedAlike() throws InterruptedException {
        try (ClockedPool clocked = new ClockedPool(config())) {
            Runnable work = () -> clocked.burst(MIB, 8192).forEach(PooledBuffer::release);
            Thread virtual = Thread.ofVirtual().start(work);
            virtual.join();
            Thread platform = Thread.ofPlatform().start(work);
            platform.join();
            assertThat(clocked.pool.charge().charged()).isPositive();
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).isZero();
            assertThat(clocked.pool.statistics().threadCaches()).isZero();
        }
    }

    @Test
    void nothingIsDoneBeforeAnIntervalHasPassed() {
        try (ClockedPool clocked = new ClockedPool(config())) {
            clocked.burst(MIB, 4096).forEach(PooledBuffer::release);
            for (int i = 0; i < 5; i++) {
                assertThat(clocked.pool.maintain().advisedBytes()).isZero();
            }
            assertThat(clocked.pool.charge().charged()).isGreaterThanOrEqualTo(MIB);
        }
    }

    @Test
    void thePolicyNoneGivesNothingBackByItself() {
        try (ClockedPool clocked = new ClockedPool(config().trim(TrimPolicy.none()))) {
            clocked.burst(MIB, 4096).forEach(PooledBuffer::release);
            for (int i = 0; i < 5; i++) {
                assertThat(clocked.tick()).isZero();
            }
            assertThat(clocked.pool.trim(TrimDepth.FULL).advisedBytes()).isGreaterThanOrEqualTo(MIB);
        }
    }

    @Test
    void theFloorIsKept() {
        try (ClockedPool clocked = new ClockedPool(
                config().trim(TrimPolicy.workingSet().withFloor(10 * MIB)))) {
            clocked.burst(BURST, 4096).forEach(PooledBuffer::release);
            for (int i = 0; i < 5; i++) {
                clocked.tick();
            }
            assertThat(clocked.pool.charge().charged()).isEqualTo(10 * MIB);
            assertThat(clocked.resident()).isEqualTo(10 * MIB);
        }
    }

    @Test
    void theRateIsKept() {
        try (ClockedPool clocked = new ClockedPool(
                config().trim(TrimPolicy.workingSet().withMaxRate(5 * MIB)))) {
            clocked.burst(20 * MIB, 4096).forEach(PooledBuffer::release);
            assertThat(clocked.tick()).isZero();
            for (int i = 0; i < 4; i++) {
                assertThat(clocked.tick()).isEqualTo(5 * MIB);
            }
            assertThat(clocked.tick()).isLessThan(5 * MIB);
        }
    }

    @Test
    void aWatermarkKeepsSoMuchAtOnceAndNoMore() {
        try (ClockedPool clocked = new ClockedPool(config().trim(TrimPolicy.watermark(16 * MIB)))) {
            clocked.burst(BURST, 4096).forEach(PooledBuffer::release);
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).isBetween(16 * MIB - 4096 * 64, 16 * MIB);
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).isBetween(16 * MIB - 4096 * 64, 16 * MIB);
        }
    }

    @Test
    void decayGivesAllBackLittleByLittle() {
        try (ClockedPool clocked = new ClockedPool(config().trim(TrimPolicy.decay(Duration.ofSeconds(10))))) {
            clocked.burst(BURST, 4096).forEach(PooledBuffer::release);
            long before = clocked.pool.charge().charged();
            List<Long> charged = new ArrayList<>();
            for (int i = 0; i < 13; i++) {
                clocked.tick();
                charged.add(clocked.pool.charge().charged());
            }
            assertThat(charged).isSortedAccordingTo(Collections.reverseOrder());
            assertThat(charged.get(2)).as("level at first").isGreaterThan(before * 95 / 100);
            assertThat(charged.get(6)).as("half way").isBetween(before * 45 / 100, before * 55 / 100);
            assertThat(charged.getLast()).isZero();
        }
    }

    @Test
    void whatIsReleasedAfterATrimByHandDecaysAnew() {
        try (ClockedPool clocked = new ClockedPool(config().trim(TrimPolicy.decay(Duration.ofSeconds(10))))) {
            clocked.burst(BURST, 4096).forEach(PooledBuffer::release);
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.trim(TrimDepth.FULL).advisedBytes()).isEqualTo(BURST);
            clocked.now += Duration.ofSeconds(9).toNanos();
            clocked.burst(BURST, 4096).forEach(PooledBuffer::release);
            long before = clocked.pool.charge().charged();
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).isGreaterThan(before * 95 / 100);
        }
    }

    @Test
    void whatIsTrimmedByHandMakesNothingYoungerThatDecaysElsewhere() {
        try (ClockedPool clocked = new ClockedPool(config().trim(TrimPolicy.decay(Duration.ofSeconds(10))));
                BufferPool child = clocked.pool.child("child", ChildLimits.none())) {
            clocked.burst(8 * MIB, 4096).forEach(PooledBuffer::release);
            for (int i = 0; i < 14; i++) {
                List<PooledBuffer> more = Stream.generate(() -> child.acquire(MIB)).limit(16).toList();
                more.forEach(PooledBuffer::release);
                child.trim(TrimDepth.FULL);
                clocked.tick();
            }
            assertThat(clocked.pool.charge().charged()).isZero();
        }
    }

    @Test
    void aTrimByHandBeginsAnIntervalThatTheNextTickDoesNotCutShort() {
        try (ClockedPool clocked = new ClockedPool(config())) {
            clocked.now += ClockedPool.INTERVAL * 9 / 10;
            clocked.burst(BURST, 16 << 10).forEach(PooledBuffer::release);
            assertThat(clocked.pool.trim(TrimDepth.GENTLE).advisedBytes()).isZero();
            clocked.now += ClockedPool.INTERVAL / 10;
            assertThat(clocked.pool.maintain().advisedBytes()).as("idle for a tenth of an interval").isZero();
            clocked.now += ClockedPool.INTERVAL;
            assertThat(clocked.pool.maintain().advisedBytes()).isEqualTo(BURST);
        }
    }

    @Test
    void whatAPoolHasThatIsNewInAnIntervalGoesWithTheSecondTickToo() {
        try (ClockedPool clocked = new ClockedPool(config())) {
            clocked.now += ClockedPool.INTERVAL / 2;
            try (BufferPool child = clocked.pool.child("child", ChildLimits.none())) {
                child.acquire(16 << 10).release();
                clocked.now += ClockedPool.INTERVAL / 2;
                assertThat(clocked.pool.maintain().advisedBytes()).isZero();
                clocked.now += ClockedPool.INTERVAL;
                assertThat(clocked.pool.maintain().advisedBytes()).isPositive();
                assertThat(child.statistics().chargedBytes()).isZero();
            }
        }
    }

    @Test
    void aFullTrimOfAParentEmptiesItsChildrensQuarantines() {
        try (BufferPool parent = BufferPool.create(config().safety(PoolConfig.Safety.CHECKED)
                .maintenance(PoolConfig.Maintenance.MANUAL).build());
                BufferPool child = parent.child("child", ChildLimits.none())) {
            child.acquire(1000).release();
            assertThat(child.statistics().quarantinedBytes()).isPositive();
            parent.trim(TrimDepth.FULL);
            assertThat(child.statistics().quarantinedBytes()).isZero();
            assertThat(parent.statistics().chargedBytes()).isZero();
        }
    }

    @Test
    void aFullTrimTakesAllThatIsNotInUseAndReportsIt() {
        try (ClockedPool clocked = new ClockedPool(config())) {
            List<PooledBuffer> burst = clocked.burst(BURST, 16 << 10);
            List<PooledBuffer> released = burst.subList(0, burst.size() / 2);
            released.forEach(PooledBuffer::release);
            TrimReport report = clocked.pool.trim(TrimDepth.FULL);
            assertThat(report.askedBytes()).isEqualTo(BURST / 2);
            assertThat(report.advisedBytes()).isEqualTo(BURST / 2);
            assertThat(report.goneBytes()).hasValue(BURST / 2);
            assertThat(report.runs()).isPositive().isEqualTo(report.calls()).isLessThanOrEqualTo(40);
            assertThat(clocked.resident()).isEqualTo(BURST / 2);
            assertThat(clocked.pool.trim(TrimDepth.FULL).advisedBytes()).isZero();
            burst.subList(burst.size() / 2, burst.size()).forEach(PooledBuffer::release);
        }
    }

    @Test
    void twoGentleTrimsTakeWhatWasNotUsedInBetween() {
        try (ClockedPool clocked = new ClockedPool(config())) {
            clocked.burst(BURST, 16 << 10).forEach(PooledBuffer::release);
            assertThat(clocked.pool.trim(TrimDepth.GENTLE).advisedBytes()).isZero();
            assertThat(clocked.pool.trim(TrimDepth.GENTLE).advisedBytes()).isEqualTo(BURST);
        }
    }

    @Test
    void prefaultedPagesAreThereBeforeTheyAreWritten() {
        try (ClockedPool clocked = new ClockedPool(config().prefault(true))) {
            PooledBuffer buffer = clocked.pool.acquire(64 << 10);
            assertThat(clocked.memory.residentBytes(buffer.address(), 64 << 10)).isEqualTo(64 << 10);
            PooledBuffer large = clocked.pool.acquire(3 * MIB);
            assertThat(clocked.memory.residentBytes(large.address(), 3 * MIB)).isEqualTo(3 * MIB);
            large.release();
            buffer.release();
            assertThat(clocked.pool.trim(TrimDepth.FULL).advisedBytes()).isGreaterThanOrEqualTo(64 << 10);
            assertThat(clocked.pool.charge().charged()).isZero();
        }
    }

    @Test
    void hugePagesGoBackWholeOnly() {
        try (ClockedPool clocked = new ClockedPool(config().hugePages(true))) {
            List<PooledBuffer> burst = clocked.burst(16 * MIB, 64 << 10);
            burst.subList(1, burst.size()).forEach(PooledBuffer::release);
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).isEqualTo(2 * MIB);
            assertThat(clocked.resident()).isLessThanOrEqualTo(2 * MIB);
            burst.getFirst().release();
        }
    }

    @Test
    void aTrimNeedsToBeToldHowFar() {
        try (ClockedPool clocked = new ClockedPool(config())) {
            assertThatThrownBy(() -> clocked.pool.trim(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("depth");
        }
    }

    @Test
    void portableMemoryGivesEmptySlabsBackAndAFullTrimItsSpares() {
        try (ClockedPool clocked =
                new ClockedPool(PoolConfig.builder().memory(MemoryKind.PORTABLE).maxBytes(256 * MIB))) {
            List<PooledBuffer> burst = clocked.burst(16 * MIB, 64 << 10);
            burst.subList(1, burst.size()).forEach(PooledBuffer::release);
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).isEqualTo(2 * MIB);
            assertThat(clocked.pool.statistics().reservedBytes()).as("spares").isGreaterThanOrEqualTo(16 * MIB);
            clocked.pool.trim(TrimDepth.FULL);
            assertThat(clocked.pool.statistics().reservedBytes()).isEqualTo(2 * MIB);
            burst.getFirst().release();
            clocked.burst(16 * MIB, 64 << 10).forEach(PooledBuffer::release);
            TrimReport report = clocked.pool.trim(TrimDepth.FULL);
            assertThat(report.advisedBytes()).isGreaterThanOrEqualTo(16 * MIB);
            assertThat(report.goneBytes()).as("nobody can tell").isEmpty();
        }
    }
}
