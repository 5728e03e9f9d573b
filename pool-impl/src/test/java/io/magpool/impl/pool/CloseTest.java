/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.CloseReport;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.Eventually;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a pool. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class CloseTest extends PoolTest {

    private static void assertAllWentBack(BufferPool pool) {
        assertThat(pool.statistics().chargedBytes()).as("charged").isZero();
        assertThat(pool.statistics().reservedBytes()).as("reserved").isZero();
    }

    @Test
    void aPoolThatWasNeverUsedCloses() {
        BufferPool pool = pool(16 * MIB);
        pool.close();
        assertAllWentBack(pool);
    }

    @Test
    void anEmptyPoolGivesAllMemoryBackAtOnce() throws Exception {
        BufferPool pool = pool(64 * MIB);
        for (long size : List.of(1L, 5000L, 100_000L, MIB, 3 * MIB)) {
            pool.acquire(size).release();
            onNewThread(() -> {
                pool.acquire(size).release();
                return null;
            });
        }
        assertThat(pool.statistics().chargedBytes()).isPositive();
        pool.close();
        assertAllWentBack(pool);
    }

    @Test
    void whatLivingThreadsHaveCachedGoesBackToo() throws Exception {
        BufferPool pool = pool(64 * MIB);
        CountDownLatch cached = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Running<Void> idle = start(() -> {
            pool.acquire(1000).release();
            cached.countDown();
            done.await();
            return null;
        });
        cached.await();
        pool.close();
        assertAllWentBack(pool);
        done.countDown();
        join(idle);
    }

    @Test
    void closingIsIdempotent() {
        BufferPool pool = pool(16 * MIB);
        pool.acquire(10).release();
        pool.close();
        pool.close();
        assertThat(pool.abandon().acquiredBuffers()).isZero();
        assertAllWentBack(pool);
    }

    @Test
    void aClosedPoolRefusesAcquires() {
        BufferPool pool = pool(variant.config().name("shut"));
        pool.acquire(1000).release();
        pool.close();
        for (long size : List.of(0L, 1000L, MIB, 2 * MIB)) {
            assertThatThrownBy(() -> pool.acquire(size))
                    .isInstanceOf(PoolClosedException.class)
                    .hasMessage("pool shut is closed");
            assertThatThrownBy(() -> pool.tryAcquire(size)).isInstanceOf(PoolClosedException.class);
            assertThatThrownBy(() -> pool.acquire(BufferRequest.of(size))).isInstanceOf(PoolClosedException.class);
        }
        assertThatThrownBy(pool::trimCurrentThread).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void closingWithBuffersOutFailsLoudlyAndSaysWhichSizes() {
        BufferPool pool = pool(variant.config().name("busy"));
        List<PooledBuffer> held = new ArrayList<>();
        held.add(pool.acquire(100));
        held.add(pool.acquire(100));
        held.add(pool.acquire(4096));
        held.add(pool.acquire(2 * MIB));
        assertThatThrownBy(pool::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pool busy was closed with 4 buffers still acquired, " + (2 * 128 + 4096 + 2 * MIB)
                        + " bytes: 2 of 128, 1 of 4096, 1 large ones of together " + 2 * MIB + " bytes");
        assertThatThrownBy(() -> pool.acquire(1)).isInstanceOf(PoolClosedException.class);
        release(held);
        assertAllWentBack(pool);
        pool.close();
    }

    @Test
    void abandonReportsInsteadOfThrowing() {
        BufferPool pool = pool(64 * MIB);
        PooledBuffer small = pool.acquire(1000);
        PooledBuffer large = pool.acquire(3 * MIB);
        CloseReport report = pool.abandon();
        assertThat(report.acquiredBuffers()).isEqualTo(2);
        assertThat(report.acquiredBytes()).isEqualTo(1024 + 3 * MIB);
        assertThat(report.description()).contains("2 buffers still acquired").contains("1 of 1024");
        small.release();
        assertThat(pool.abandon().acquiredBuffers()).isEqualTo(1);
        large.release();
        assertThat(pool.abandon().acquiredBuffers()).isZero();
        assertAllWentBack(pool);
    }

    @Test
    void nothingIsUnmappedUnderABufferInUse() {
        BufferPool pool = pool(64 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        for (long size : List.of(64L, 5000L, MIB, 2 * MIB)) {
            held.add(pool.acquire(size));
        }
        pool.abandon();
        while (!held.isEmpty()) {
            for (PooledBuffer buffer : held) {
                buffer.segment().fill((byte) 1);
                assertThat(buffer.segment().get(ValueLayout.JAVA_BYTE, buffer.size() - 1)).isEqualTo((byte) 1);
            }
            held.removeFirst().release();
        }
        assertAllWentBack(pool);
    }

    @Test
    void theLastReleaseOnAnyThreadGivesTheMemoryBack() throws Exception {
        BufferPool pool = pool(64 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            held.add(pool.acquire(i * 50L));
        }
        pool.abandon();
        assertThat(pool.statistics().chargedBytes()).isPositive();
        onNewThread(() -> {
            release(held.subList(0, 150));
            return null;
        });
        Thread.ofVirtual().start(() -> release(held.subList(150, 299))).join();
        assertThat(pool.statistics().reservedBytes()).isPositive();
        held.getLast().release();
        assertAllWentBack(pool);
    }

    @Test
    void aBufferOfAClosedPoolCanBeReallocatedInPlaceOnly() {
        BufferPool pool = pool(64 * MIB);
        PooledBuffer buffer = pool.acquire(100);
        pool.abandon();
        assertThat(buffer.reallocate(128)).isSameAs(buffer);
        assertThatThrownBy(() -> buffer.reallocate(1000)).isInstanceOf(PoolClosedException.class);
        assertThat(buffer.size()).isEqualTo(128);
        buffer.release();
        assertAllWentBack(pool);
    }

    @Test
    void closingWhileThreadsAreAtWorkLosesNothing() throws Exception {
        for (int round = 0; round < 30; round++) {
            BufferPool pool = pool(variant.config().maxBytes(16 * MIB).arenas(2));
            CountDownLatch started = new CountDownLatch(3);
            List<Running<Void>> workers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long size = List.of(1000L, 65_536L, 2 * MIB).get(i);
                workers.add(start(() -> {
                    started.countDown();
                    workUntilClosed(pool, size);
                    return null;
                }));
            }
            started.await();
            pool.abandon();
            for (Running<Void> worker : workers) {
                join(worker);
            }
            assertAllWentBack(pool);
        }
    }

    private static void workUntilClosed(BufferPool pool, long size) {
        List<PooledBuffer> held = new ArrayList<>();
        try {
            while (true) {
                PooledBuffer buffer = pool.tryAcquire(size);
                if (buffer != null) {
                    held.add(buffer);
                }
                if (buffer == null || held.size() > 100) {
                    release(held);
                    held.clear();
                }
            }
        } catch (PoolClosedException expected) {
            release(held);
        }
    }

    @Test
    void aThreadThatUsedAClosedPoolDoesNotKeepItAlive() {
        java.lang.ref.WeakReference<BufferPool> reference = usedAndClosed();
        Eventually.isTrue("the closed pool is collected", () -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    private java.lang.ref.WeakReference<BufferPool> usedAndClosed() {
        try (BufferPool pool = BufferPool.create(variant.config().build())) {
            pool.acquire(1000).release();
            return new java.lang.ref.WeakReference<>(pool);
        }
    }
}
