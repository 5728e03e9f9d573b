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
import io.magpool.api.Registration;
import io.magpool.impl.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Call backs when there is room, for threads that must not wait. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class OnAvailableTest extends PoolTest {

    private final List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    private BufferPool pool;

    @BeforeEach
    void createPool() {
        pool = pool(8 * MIB);
    }

    @Test
    void runsAtOnceWhereThereIsRoom() {
        pool.onAvailable(MIB, () -> ran.add(1)).close();
        assertThat(ran).containsExactly(1);
        assertAddsUp(pool, List.of());
    }

    @Test
    void runsOnceOnTheThreadThatReleases() {
        for (long size : List.of(MIB, 65_536L, 2 * MIB)) {
            ran.clear();
            List<PooledBuffer> held = fill(pool, size);
            AtomicReference<Thread> on = new AtomicReference<>();
            pool.onAvailable(size, () -> {
                ran.add(1);
                on.set(Thread.currentThread());
            });
            assertThat(ran).isEmpty();
            assertThat(pool.statistics().waiting()).isEqualTo(1);
            held.removeLast().release();
            assertThat(ran).as("%d bytes", size).containsExactly(1);
            assertThat(on).hasValue(Thread.currentThread());
            release(held);
            assertThat(ran).containsExactly(1);
            assertThat(pool.statistics().waiting()).isZero();
            assertAddsUp(pool, List.of());
        }
    }

    @Test
    void runsWhenOtherSizesHaveLeftEnoughRoom() {
        for (long size : List.of(64L, 5000L, 65_536L)) {
            List<PooledBuffer> held = fill(pool, size);
            AtomicInteger runs = new AtomicInteger();
            pool.onAvailable(4 * MIB, runs::incrementAndGet);
            held.removeLast().release();
            assertThat(runs).as("one buffer of %d bytes is not enough", size).hasValue(0);
            release(held);
            assertThat(runs).as("after all buffers of %d bytes", size).hasValue(1);
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void theActionCanAcquire() {
        List<PooledBuffer> held = fill(pool, MIB);
        AtomicReference<PooledBuffer> got = new AtomicReference<>();
        pool.onAvailable(MIB, () -> got.set(pool.tryAcquire(MIB)));
        held.removeLast().release();
        assertThat(got.get()).isNotNull();
        held.add(got.get());
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void standsInOneLineWithThreads() throws Exception {
        List<PooledBuffer> held = fill(pool, MIB);
        pool.onAvailable(MIB, () -> ran.add(1));
        Running<PooledBuffer> waiter = start(() -> {
            PooledBuffer buffer = pool.acquire(BufferRequest.of(2 * MIB).within(Duration.ofSeconds(40)));
            ran.add(2);
            return buffer;
        })
                .awaitParked();
        pool.onAvailable(64, () -> ran.add(3));
        held.removeLast().release();
        assertThat(ran).containsExactly(1);
        release(held); // the oldest action has run; the other stands behind the thread until that is served
        PooledBuffer two = join(waiter);
        Eventually.passes(() -> assertThat(ran).hasSize(3));
        assertThat(ran).containsExactlyInAnyOrder(1, 2, 3).startsWith(1);
        two.release();
        assertAddsUp(pool, List.of());
    }

    @Test
    void doesNotRunAfterItWasCancelled() {
        List<PooledBuffer> held = fill(pool, MIB);
        Registration first = pool.onAvailable(8 * MIB, () -> ran.add(1));
        pool.onAvailable(MIB, () -> ran.add(2));
        held.removeLast().release();
        assertThat(ran).isEmpty();
        first.close();
        assertThat(ran).as("the next has its turn").containsExactly(2);
        first.close();
        release(held);
        assertThat(ran).containsExactly(2);
    }

    @Test
    void itsExceptionDoesNotReachWhoReleases() {
        List<PooledBuffer> held = fill(pool, MIB);
        pool.onAvailable(MIB, () -> {
            throw new IllegalStateException("of the test: its warning belongs into the log");
        });
        pool.onAvailable(MIB, () -> ran.add(2));
        held.removeLast().release();
        assertThat(ran).containsExactly(2);
        release(held);
        assertAddsUp(pool, List.of());
    }

    @Test
    void runsWhenThePoolIsClosed() {
        List<PooledBuffer> held = fill(pool, MIB);
        pool.onAvailable(MIB, () -> {
            ran.add(1);
            assertThatThrownBy(() -> pool.acquire(MIB)).isInstanceOf(PoolClosedException.class);
            ran.add(2);
        });
        pool.abandon();
        assertThat(ran).containsExactly(1, 2);
        assertThatThrownBy(() -> pool.onAvailable(MIB, () -> ran.add(3))).isInstanceOf(PoolClosedException.class);
        release(held);
        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void whatCanNeverBeIsRefused() {
        assertThatThrownBy(() -> pool.onAvailable(-1, () -> ran.add(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size is -1: must be from 0 to 70368744177664");
        assertThatThrownBy(() -> pool.onAvailable(8 * MIB + 1, () -> ran.add(1)))
                .isInstanceOf(PoolExhaustedException.class);
        assertThatThrownBy(() -> pool.onAvailable(1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("action");
        assertThat(ran).isEmpty();
    }
}
