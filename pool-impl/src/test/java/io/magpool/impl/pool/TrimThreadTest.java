/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.Incident;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.Maintenance;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimPolicy;
import io.magpool.impl.Eventually;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one thread of all pools, as one sees it from outside. */
class TrimThreadTest {

    private static PoolConfig.Builder config() {
        return PoolConfig.builder()
                .memory(MemoryKind.PORTABLE)
                .maxBytes(64 << 20)
                .trimInterval(Duration.ofMillis(5));
    }

    private static List<Thread> trimmers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("magpool-trimmer"))
                .toList();
    }

    /** There is one thread for the whole process: no pool that another test has left open may keep it. */
    @BeforeEach
    @AfterEach
    void thereIsNone() {
        Eventually.isTrue("the thread has ended, since all pools of the process are closed or collected", () -> {
            System.gc();
            return trimmers().isEmpty();
        }, TrimThreadTest::trimmers);
    }

    @Test
    void itTrimsAllPoolsAndThenSleepsWithoutATimeoutAndEndsWithTheLastPool() throws Exception {
        try (BufferPool one = BufferPool.create(config().build());
                BufferPool two = BufferPool.create(config().build())) {
            for (int round = 0; round < 3; round++) {
                for (BufferPool pool : List.of(one, two)) {
                    Stream.generate(() -> pool.acquire(64 << 10)).limit(100).toList().forEach(PooledBuffer::release);
                }
                for (BufferPool pool : List.of(one, two)) {
                    Eventually.passes(() -> assertThat(pool.statistics().chargedBytes()).as(pool.statistics().table())
                            .isZero());
                }
                assertThat(trimmers()).singleElement().satisfies(thread -> {
                    assertThat(thread.isDaemon()).isTrue();
                    assertThat(thread.getContextClassLoader()).isNull();
                    Eventually.isIn(Thread.State.WAITING, thread);
                });
                assertThat(one.statistics().trims()).isPositive();
            }
        }
    }

    @Test
    void whatWasKeptOfLargeBuffersGoesThoughNoChunkIsUsed() throws Exception {
        try (BufferPool pool = BufferPool.create(config().build())) {
            for (int round = 0; round < 3; round++) {
                pool.acquire(2 << 20).release();
                Eventually.passes(() -> assertThat(pool.statistics().chargedBytes()).isZero());
            }
        }
    }

    @Test
    void aLargeBufferThatIsHeldTooLongIsReportedThoughNoChunkIsUsed() {
        List<Incident> told = new CopyOnWriteArrayList<>();
        try (BufferPool pool = BufferPool.create(config()
                .leakDetection(PoolConfig.LeakDetection.ALL)
                .holdLimitMillis(1)
                .incidentListener(told::add)
                .build())) {
            PooledBuffer held = pool.acquire(2 << 20);
            Eventually.isTrue("it is reported", () -> !told.isEmpty());
            held.release();
        }
    }

    @Test
    void poolsThatNeedNoneHaveNone() {
        try (BufferPool unused = BufferPool.create(config().build());
                BufferPool manual =
                        BufferPool.create(config().maintenance(Maintenance.MANUAL).build());
                BufferPool none = BufferPool.create(config().trim(TrimPolicy.none()).build())) {
            manual.acquire(100).release();
            none.acquire(100).release();
            assertThat(unused.statistics().chargedBytes()).isZero();
            assertThat(trimmers()).isEmpty();
        }
    }

    @Test
    void aPoolThatWasForgottenIsCollectedAndTheThreadEnds() {
        WeakReference<BufferPool> forgotten = forget();
        Eventually.isTrue("the pool is collected", () -> {
            System.gc();
            return forgotten.refersTo(null);
        });
    }

    private static WeakReference<BufferPool> forget() {
        BufferPool pool = BufferPool.create(config().build());
        assertThat(pool.acquire(100).size()).isEqualTo(100); // and never releases it
        assertThat(trimmers()).isNotEmpty();
        return new WeakReference<>(pool);
    }
}
