/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An acquire that is ready to wait for room. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class WaitingAcquireTest extends PoolTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    private BufferPool pool;

    @BeforeEach
    void createPool() {
        pool = pool(8 * MIB);
    }

    private Running<PooledBuffer> waiter(long size) {
        return start(() -> pool.acquire(BufferRequest.of(size).within(LONG))).awaitParked();
    }

    @Test
    void getsWhatIsFreeWithoutWaiting() throws Exception {
        try (PooledBuffer buffer = pool.acquire(BufferRequest.of(5000).within(LONG))) {
            assertThat(buffer.size()).isEqualTo(5000);
        }
    }

    @Test
    void getsWhatAnotherThreadReleases() throws Exception {
        for (long size : List.of(MIB, 65_536L, 2 * MIB)) {
            List<PooledBuffer> held = fill(pool, size);
            Running<PooledBuffer> waiter = waiter(size);
            assertThat(waiter.task().isDone()).as("there is no room for %d bytes yet", size).isFalse();
            held.removeLast().release();
            PooledBuffer got = join(waiter);
            assertThat(got.size()).isEqualTo(size);
            got.release();
            release(held);
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void getsRoomThatOtherSizesLeave() throws Exception {
        List<PooledBuffer> held = fill(pool, 65_536);
        Running<PooledBuffer> waiter = waiter(2 * MIB);
        release(held);
        join(waiter).release();
        assertAddsUp(pool, List.of());
    }

    @Test
    void eachOfManyWaitersIsServed() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        List<Running<PooledBuffer>> waiters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiters.add(waiter(MIB));
        }
        release(held);
        List<PooledBuffer> got = new ArrayList<>();
        for (Running<PooledBuffer> waiter : waiters) {
            got.add(join(waiter));
        }
        assertAddsUp(pool, got);
        release(got);
        assertAddsUp(pool, List.of());
    }

    @Test
    void getsWhatADyingThreadLeavesInItsCache() throws Exception {
        Running<PooledBuffer> waiter = onNewThread(() -> {
            List<PooledBuffer> held = fill(pool, MIB);
            Running<PooledBuffer> waiting = waiter(MIB);
            release(held);
            return waiting;
        });
        join(waiter).release();
    }

    @Test
    void cachesAreUsedAgainWhenNobodyWaits() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> waiter = waiter(MIB);
        held.removeLast().release();
        held.add(join(waiter));
        release(held);
        pool.acquire(500).release();
        pool.acquire(500).release();
        assertThat(pool.statistics().cachedInThreadsBytes()).isPositive();
    }

    @Test
    void timesOutWithARefusal() {
        List<PooledBuffer> held = fill(pool, MIB);
        Duration patience = Duration.ofMillis(30);
        long start = System.nanoTime();
        assertThatThrownBy(() -> pool.acquire(BufferRequest.of(MIB).within(patience)))
                .isInstanceOf(PoolExhaustedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(patience);
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void doesNotWaitForWhatCanNeverBe() {
        assertThatThrownBy(() -> pool.acquire(BufferRequest.of(9 * MIB).within(LONG)))
                .isInstanceOf(PoolExhaustedException.class);
    }

    @Test
    void isInterrupted() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> waiter = waiter(MIB);
        waiter.thread().interrupt();
        assertThatThrownBy(() -> join(waiter))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void isWokenByClose() {
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> waiter = waiter(MIB);
        assertThat(pool.abandon().acquiredBuffers()).isEqualTo(8);
        assertThatThrownBy(() -> join(waiter))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PoolClosedException.class);
        release(held);
        assertThat(pool.statistics().chargedBytes()).isZero();
    }

    @Test
    void worksOnVirtualThreads() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        List<PooledBuffer> got = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiters.add(Thread.ofVirtual().start(() -> {
                try {
                    got.add(pool.acquire(BufferRequest.of(MIB).within(LONG)));
                } catch (InterruptedException impossible) {
                    throw new AssertionError(impossible);
                }
            }));
        }
        for (Thread waiter : waiters) {
            await(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        }
        release(held);
        for (Thread waiter : waiters) {
            waiter.join();
        }
        assertThat(got).hasSize(4);
        assertAddsUp(pool, got);
        release(got);
    }
}
