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
import io.magpool.api.CloseReport;
import io.magpool.api.Incident;
import io.magpool.api.Incident.Kind;
import io.magpool.api.PoolConfig.LeakDetection;
import io.magpool.api.PoolConfig.Maintenance;
import io.magpool.api.PoolConfig.Safety;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.Eventually;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Buffers that do not come back are named by the place of their acquisition. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class LeakTest extends FollowedPoolTest {

    private BufferPool leakDetectingPool() {
        return pool(followed().leakDetection(LeakDetection.ALL));
    }

    private static void leak(BufferPool pool, int buffers, long size) {
        for (int i = 0; i < buffers; i++) {
            pool.acquire(size);
        }
    }

    private static void leakOnNewThread(BufferPool pool) throws Exception {
        onNewThread(() -> {
            leak(pool, 5, 1000);
            return null;
        });
    }

    private static void leakElsewhere(BufferPool pool) {
        pool.acquire(4000);
    }

    private static void awaitCollected(BufferPool pool, BooleanSupplier condition) {
        Eventually.isTrue("the leak is found", () -> {
            System.gc();
            return condition.getAsBoolean();
        }, pool::statistics);
    }

    @Test
    void aLeakIsReportedOnceForEachPlaceAndRetired() throws Exception {
        BufferPool pool = leakDetectingPool();
        leakOnNewThread(pool);
        awaitCollected(pool, () -> pool.statistics().lostBytes() == 5 * 1024);
        Incident incident = incidents.getFirst();
        assertThat(incident.kind()).isEqualTo(Kind.LEAK);
        assertThat(incident.capacity()).isEqualTo(1024);
        assertThat(incident.count()).isBetween(1L, 5L);
        assertThat(incident.acquired().thread()).isEqualTo("test-worker");
        assertThat(incident.acquired().frames().getFirst().getMethodName()).isEqualTo("leak");
        assertThat(incident.text()).contains("leaked", "acquired by thread test-worker", "LeakTest.leak");
        int before = incidents.size();
        leakOnNewThread(pool);
        awaitCollected(pool, () -> pool.statistics().lostBytes() == 10 * 1024);
        assertThat(incidents).as("the same place").hasSize(before);
        onNewThread(() -> {
            leakElsewhere(pool);
            return null;
        });
        awaitCollected(pool, () -> pool.statistics().lostBytes() > 10 * 1024);
        assertThat(incidents).as("another place").hasSize(before + 1);

        PoolStatistics now = pool.statistics();
        assertThat(now.acquiredBytes()).isZero();
        now.sizeClasses().forEach(c -> assertThat(c.acquired() + c.quarantined() + c.lost() + c.cachedInThreads()
                + c.cachedInDepots() + c.free() + c.purged()).isEqualTo(c.carved()));
        assertThatThrownBy(pool::close).isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("10 of 1024", "1 of 4096", "of them lost", "LeakTest.leak");
    }

    @Test
    void aLargeBufferIsLostToo() {
        BufferPool pool = leakDetectingPool();
        leak(pool, 1, 2 * MIB);
        awaitCollected(pool, () -> pool.statistics().lostBytes() == 2 * MIB);
        assertThat(pool.statistics().largeBytes()).isZero();
        assertThat(pool.statistics().chargedBytes()).isGreaterThanOrEqualTo(2 * MIB);
        assertThat(pool.abandon().acquiredBuffers()).isEqualTo(1);
    }

    @Test
    void lostMemoryIsUsedAgainWhereThatIsAllowed() {
        BufferPool pool = pool(followed().leakDetection(LeakDetection.ALL).reuseLost(true));
        leak(pool, 3, 1000);
        awaitCollected(pool, () -> pool.statistics().acquiredBytes() == 0);
        assertThat(pool.statistics().lostBytes()).isZero();
        assertThat(incidents).isNotEmpty().allMatch(incident -> incident.kind() == Kind.LEAK);
        pool.close();
    }

    @Test
    void lostMemoryGoesThroughQuarantineWhereItIsChecked() {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).reuseLost(true));
        leak(pool, 3, 1000);
        awaitCollected(pool, () -> pool.statistics().quarantinedBytes() == 3 * 1024);
        pool.close();
    }

    @Test
    void aBufferThatIsHeldIsNoLeak() {
        BufferPool pool = leakDetectingPool();
        PooledBuffer held = pool.acquire(1000);
        System.gc();
        leak(pool, 1, 500);
        awaitCollected(pool, () -> pool.statistics().lostBytes() == 512);
        assertThat(pool.statistics().acquiredBytes()).isEqualTo(held.capacity());
        held.release();
        assertThat(pool.abandon().acquiredBuffers()).isEqualTo(1);
    }

    @Test
    void aBufferHeldTooLongIsReportedOnceAndAgainWhenItIsReleased() {
        BufferPool pool = pool(followed().leakDetection(LeakDetection.ALL).holdLimitMillis(1));
        PooledBuffer held = pool.acquire(1000);
        Eventually.isTrue("it is reported", () -> pool.statistics().acquires() > 0 && !incidents.isEmpty());
        pool.statistics();
        Incident incident = onlyIncident();
        assertThat(incident.kind()).isEqualTo(Kind.HELD_TOO_LONG);
        assertThat(incident.age()).isGreaterThan(Duration.ofMillis(1));
        assertHere(incident.acquired());
        held.release();
        assertThat(incidents).hasSize(2);
        assertThat(incidents.getLast().kind()).isEqualTo(Kind.RELEASED_LATE);
        assertHere(incidents.getLast().released());
        assertThat(incidents.getLast().text()).contains("released after all", "acquired by thread");
    }

    @Test
    void whatSeveralFindAtOnceToBeHeldTooLongIsReportedOnce() throws Exception {
        BufferPool pool = pool(followed().leakDetection(LeakDetection.ALL).holdLimitMillis(1));
        List<PooledBuffer> held = new ArrayList<>();
        CyclicBarrier barrier = new CyclicBarrier(2);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 200; i++) {
                held.add(pool.acquire(100));
            }
            long last = System.nanoTime();
            Eventually.isTrue("all are held too long", () -> System.nanoTime() - last > 1_000_000);
            Running<Object> other = start(() -> {
                barrier.await(50, TimeUnit.SECONDS);
                pool.maintain();
                return "has looked";
            });
            barrier.await(50, TimeUnit.SECONDS);
            pool.maintain();
            join(other);
            assertThat(incidents).hasSize(held.size());
        }
        release(held);
    }

    @Test
    void whatIsHeldTooLongOrLeaksIsReportedThoughNobodyAsks() {
        BufferPool pool = pool(followed().leakDetection(LeakDetection.ALL).holdLimitMillis(1)
                .maintenance(Maintenance.AUTOMATIC).trimInterval(Duration.ofMillis(10)));
        PooledBuffer held = pool.acquire(1000);
        Eventually.isTrue("what is held too long is reported", () -> !incidents.isEmpty());
        assertThat(incidents.getFirst().kind()).isEqualTo(Kind.HELD_TOO_LONG);
        leakElsewhere(pool);
        awaitCollected(pool, () -> incidents.stream().anyMatch(incident -> incident.kind() == Kind.LEAK));
        held.release();
        pool.abandon();
    }

    @Test
    void whoMaintainsAPoolByHandIsToldToo() {
        BufferPool pool = pool(followed().leakDetection(LeakDetection.ALL).holdLimitMillis(1)
                .maintenance(Maintenance.MANUAL));
        PooledBuffer held = pool.acquire(1000);
        Eventually.isTrue("what is held too long is reported", () -> {
            pool.maintain();
            return !incidents.isEmpty();
        });
        assertThat(onlyIncident().kind()).isEqualTo(Kind.HELD_TOO_LONG);
        held.release();
    }

    @Test
    void closeListsWhatIsOutByPlaceLargestFirst() {
        BufferPool pool = leakDetectingPool();
        List<PooledBuffer> held = new ArrayList<>();
        held.add(pool.acquire(100));
        for (int i = 0; i < 3; i++) {
            held.add(pool.acquire(50_000));
        }
        List<AcquisitionSite> open = pool.acquisitionSites();
        assertThat(open).extracting(AcquisitionSite::buffers).containsExactly(3L, 1L);
        assertThat(open).extracting(AcquisitionSite::bytes).containsExactly(3 * 57_344L, 128L);
        assertThatThrownBy(pool::close).isInstanceOf(IllegalStateException.class)
                .message()
                .startsWith("pool followed was closed with 4 buffers still acquired")
                .containsSubsequence(
                        "3 buffers, 172032 bytes, out for up to ",
                        "LeakTest.closeListsWhatIsOutByPlaceLargestFirst",
                        "1 buffer, 128 bytes");
        CloseReport again = pool.abandon();
        assertThat(again.sites()).hasSize(2);
        release(held);
        assertThat(pool.abandon().sites()).isEmpty();
    }

    @Test
    void aParentsCloseListsThePlacesOfAllPoolsTogether() {
        BufferPool parent = leakDetectingPool();
        BufferPool child = parent.child("kin", ChildLimits.none());
        List<PooledBuffer> held = new ArrayList<>();
        held.add(parent.acquire(5_000));
        held.add(child.acquire(50_000));
        held.add(parent.acquire(100_000));
        held.add(child.acquire(100));
        CloseReport report = parent.abandon();
        assertThat(report.sites()).extracting(AcquisitionSite::bytes).containsExactly(114_688L, 57_344L, 5_120L, 128L);
        assertThat(report.description()).containsSubsequence(
                "pool followed was closed with 2 buffers still acquired",
                "pool followed/kin was closed with 2 buffers still acquired",
                "1 buffer, 114688 bytes",
                "1 buffer, 57344 bytes",
                "1 buffer, 5120 bytes",
                "1 buffer, 128 bytes");
        assertThat(report.description().split("1 buffer, 57344 bytes")).as("each once").hasSize(2);
        release(held);
    }

    @Test
    void theStackOfASampleBeginsWithTheUserToo() throws InterruptedException {
        BufferPool pool = pool(followed().leakDetection(LeakDetection.SAMPLED).sampleRate(1));
        List<PooledBuffer> held = List.of(pool.acquire(100), pool.acquire(BufferRequest.of(100).zeroed()));
        assertThat(pool.acquisitionSites()).isNotEmpty().allSatisfy(
                site -> assertThat(site.frames().getFirst().getClassName()).contains("LeakTest"));
        held.forEach(PooledBuffer::release);
    }

    @Test
    void onlySamplesAreFollowedWhereThatIsAskedFor() {
        BufferPool pool = pool(followed().leakDetection(LeakDetection.SAMPLED).sampleRate(1 << 30));
        List<PooledBuffer> held = Stream.generate(() -> pool.acquire(100)).limit(1_000).toList();
        long followed = pool.acquisitionSites().stream().mapToLong(AcquisitionSite::buffers).sum();
        assertThat(followed).as("at first at short distances").isBetween(1L, 30L);
        assertThatThrownBy(pool::close).isInstanceOf(IllegalStateException.class).hasMessageContaining("1000 of 128");
        held.forEach(PooledBuffer::release);
    }

    /** No cache counts what is passed on from thread to thread. Of 64 some 32, and by chance alone hardly ever so few or so many. */
    @Test
    void whatAWaiterIsGivenIsASampleAsOftenAsAllElse() throws Exception {
        BufferPool pool = pool(followed().maxBytes(16 * MIB).leakDetection(LeakDetection.SAMPLED).sampleRate(2));
        Deque<PooledBuffer> held = new ArrayDeque<>(fill(pool, MIB));
        int samples = 0;
        try (ExecutorService waiter = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 64; i++) {
                Future<PooledBuffer> given =
                        waiter.submit(() -> pool.acquire(BufferRequest.of(MIB).within(Duration.ofSeconds(60))));
                Eventually.isTrue("it stands in line", () -> pool.statistics().waiting() == 1);
                held.removeFirst().release();
                held.addLast(given.get());
                samples += given.get() instanceof Chunk ? 0 : 1;
            }
        }
        assertThat(samples).isBetween(8, 56);
        held.forEach(PooledBuffer::release);
    }

    @Test
    void theOrdinaryPoolStandsAloneWhereNothingIsAskedFor() {
        assertThat(pool(followed())).isInstanceOf(MagazinePool.class);
        assertThat(checkedPool()).isNotInstanceOf(MagazinePool.class);
    }
}
