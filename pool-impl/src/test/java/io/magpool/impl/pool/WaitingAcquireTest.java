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
import io.magpool.impl.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
        Eventually.passes(() -> {
            pool.acquire(500).release();
            assertThat(pool.statistics().cachedInThreadsBytes()).isPositive();
        });
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
    void timesOutWhileOthersKeepThePoolBusy() throws Exception {
        List<PooledBuffer> held = fill(pool, 65_536);
        AtomicBoolean stop = new AtomicBoolean();
        Running<Void> busy = start(() -> {
            for (int i = 0; !stop.get(); i = (i + 1) % held.size()) { // each release is an event, none makes room
                held.get(i).release();
                PooledBuffer again = null;
                while (again == null && !stop.get()) {
                    again = onAnyTerms();
                }
                held.set(i, again == null ? pool.acquire(BufferRequest.of(65_536).within(LONG)) : again);
            }
            return null;
        });
        long start = System.nanoTime();
        assertThatThrownBy(() -> pool.acquire(BufferRequest.of(8 * MIB).within(Duration.ofMillis(50))))
                .isInstanceOf(PoolExhaustedException.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000L);
        stop.set(true);
        join(busy);
        assertAddsUp(pool, held);
        release(held);
    }

    /** Behind the others in line, for a moment. */
    private PooledBuffer onAnyTerms() throws InterruptedException {
        try {
            return pool.acquire(BufferRequest.of(65_536).within(Duration.ofMillis(1)));
        } catch (PoolExhaustedException othersWait) {
            return null;
        }
    }

    @Test
    void isServedInTheOrderOfComing() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Running<PooledBuffer>> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int place = i;
            waiters.add(start(() -> {
                PooledBuffer buffer = pool.acquire(BufferRequest.of(MIB - place).within(LONG));
                served.add(place);
                return buffer;
            })
                    .awaitParked());
            assertThat(pool.statistics().waiting()).isEqualTo(i + 1);
        }
        for (int i = 0; i < 6; i++) {
            held.removeLast().release();
            held.addFirst(join(waiters.get(i)));
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(pool.statistics().waits()).isEqualTo(6);
        assertThat(pool.statistics().waiting()).isZero();
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void isNotOvertakenByWhoDoesNotWait() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> waiter = waiter(4 * MIB);
        held.removeLast().release();
        held.removeLast().release();
        long before = pool.statistics().refusals();
        assertThat(pool.tryAcquire(64)).as("there is room for it, but not for the waiter").isNull();
        assertThatThrownBy(() -> pool.acquire(64)).isInstanceOf(PoolExhaustedException.class);
        assertThatThrownBy(() -> pool.acquire(BufferRequest.of(64).within(Duration.ofMillis(1))))
                .isInstanceOf(PoolExhaustedException.class);
        assertThat(pool.statistics().refusals()).isEqualTo(before + 3);
        assertThat(waiter.task().isDone()).isFalse();
        release(held);
        join(waiter).release();
        pool.acquire(64).release();
        assertAddsUp(pool, List.of());
    }

    @Test
    void theNextIsServedWhenTheOldestGivesUp() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> greedy = waiter(8 * MIB);
        Running<PooledBuffer> modest = waiter(MIB);
        held.removeLast().release();
        assertThat(modest.task().isDone()).isFalse();
        greedy.thread().interrupt();
        assertThatThrownBy(() -> join(greedy)).hasCauseInstanceOf(InterruptedException.class);
        join(modest).release();
        release(held);
        assertAddsUp(pool, List.of());
    }

    @Test
    void getsTheVeryChunkThatIsReleased() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> waiter = waiter(MIB);
        PooledBuffer released = held.removeLast();
        Object place = variant.placeOf(released);
        released.release();
        PooledBuffer got = join(waiter);
        assertThat(variant.placeOf(got)).isEqualTo(place);
        got.release();
        release(held);
    }

    @Test
    void doesNotWaitForWhatCanNeverBe() {
        for (long size : List.of(8 * MIB + 1, 9 * MIB)) {
            assertThatThrownBy(() -> pool.acquire(BufferRequest.of(size).within(LONG)))
                    .isInstanceOf(PoolExhaustedException.class);
        }
        assertThat(pool.statistics().refusals()).isEqualTo(2);
        assertThat(pool.statistics().waits()).isZero();
    }

    @Test
    void anInterruptThatComesTooLateIsKept() throws Exception {
        Thread.currentThread().interrupt();
        try (PooledBuffer buffer = pool.acquire(BufferRequest.of(MIB).within(LONG))) {
            assertThat(Thread.interrupted()).as("nobody had to wait").isTrue();
            assertThat(buffer.size()).isEqualTo(MIB);
        }
    }

    @Test
    void isInterrupted() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        Running<PooledBuffer> waiter = waiter(MIB);
        waiter.thread().interrupt();
        assertThatThrownBy(() -> join(waiter))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class)
                .hasMessageContaining("interrupted while waiting for 1048576 bytes");
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

    /** The close comes while the waiter wakes up, nearly always. */
    @Test
    void whatAWaiterIsGivenRightBeforeTheCloseGoesHomeOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            BufferPool closing = pool(8 * MIB);
            List<PooledBuffer> held = fill(closing, MIB);
            Running<Boolean> waiter = start(() -> isServed(closing)).awaitParked();
            held.removeLast().release();
            closing.abandon();
            join(waiter);
            release(held);
            assertAddsUp(closing, List.of());
        }
    }

    private static boolean isServed(BufferPool pool) throws InterruptedException {
        try {
            pool.acquire(BufferRequest.of(MIB).within(LONG)).release();
            return true;
        } catch (PoolClosedException closed) {
            return false;
        }
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
            Eventually.isIn(Thread.State.TIMED_WAITING, waiter);
        }
        release(held);
        for (Thread waiter : waiters) {
            Eventually.ended(waiter);
        }
        assertThat(got).hasSize(4);
        assertAddsUp(pool, got);
        release(got);
    }
}
