/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PooledBuffer;
import io.magpool.api.PressureListener.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who wait in one child for what others have. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class ChildWaitingTest extends PoolTest {

    private BufferPool parent;
    private BufferPool a;
    private BufferPool b;

    @BeforeEach
    void createPools() {
        parent = pool(variant.config().maxBytes(32 * MIB).arenas(1));
        a = parent.child("a", ChildLimits.none());
        b = parent.child("b", ChildLimits.none());
    }

    private Running<PooledBuffer> waiter(BufferPool pool, long size) {
        return start(() -> pool.acquire(BufferRequest.of(size).within(Duration.ofSeconds(40)))).awaitParked();
    }

    @Test
    void aReleaseInASiblingServesAWaiter() throws Exception {
        for (long size : List.of(5000L, MIB, 3 * MIB)) {
            List<PooledBuffer> held = fill(b, size);
            Running<PooledBuffer> waiter = waiter(a, 3 * MIB);
            assertThat(parent.statistics().waiting()).isEqualTo(1);
            assertThat(b.statistics().waiting()).isZero();
            release(held);
            join(waiter).release();
            assertAddsUp(a, List.of());
            assertAddsUp(b, List.of());
        }
    }

    @Test
    void aReleaseInASiblingRunsAnAction() {
        for (long size : List.of(64L, 65_536L, 3 * MIB)) {
            List<PooledBuffer> held = fill(b, size);
            AtomicInteger runs = new AtomicInteger();
            a.onAvailable(3 * MIB, runs::incrementAndGet);
            assertThat(runs).hasValue(0);
            release(held); // into this thread's own magazines, were these not diverted
            assertThat(runs).as("after all buffers of %d bytes", size).hasValue(1);
        }
    }

    @Test
    void aReleaseInAChildServesWhoWaitsInTheParent() throws Exception {
        List<PooledBuffer> held = fill(b, 65_536);
        Running<PooledBuffer> waiter = waiter(parent, 3 * MIB);
        release(held);
        join(waiter).release();
    }

    @Test
    void whoWaitsAtAChildsOwnLimitDivertsNobodyElse() throws Exception {
        BufferPool full = parent.child("full", ChildLimits.atMost(4 * MIB));
        b.acquire(100).release();
        List<PooledBuffer> held = fill(full, MIB);
        long before = b.statistics().exchanges();
        Running<PooledBuffer> waiter = waiter(full, MIB);
        for (int i = 0; i < 1000; i++) {
            b.acquire(100).release();
        }
        assertThat(b.statistics().exchanges()).as("all from one magazine").isEqualTo(before);
        release(held);
        join(waiter).release();
    }

    @Test
    void aClosedSiblingMakesRoom() throws Exception {
        BufferPool safe = parent.child("safe", ChildLimits.none().guaranteeing(16 * MIB));
        List<PooledBuffer> held = fill(b, MIB);
        Running<PooledBuffer> waiter = waiter(a, 4 * MIB);
        safe.close();
        join(waiter).release();
        release(held);
    }

    @Test
    void aRaisedLimitOfTheParentServesAWaiterOfAChild() throws Exception {
        List<PooledBuffer> held = fill(b, MIB);
        Running<PooledBuffer> waiter = waiter(a, 4 * MIB);
        parent.setMaxBytes(40 * MIB);
        join(waiter).release();
        release(held);
    }

    @Test
    void whoWaitsInAChildIsToldThatTheParentWasClosed() {
        List<PooledBuffer> held = fill(b, MIB);
        Running<PooledBuffer> waiter = waiter(a, 4 * MIB);
        assertThat(parent.abandon().acquiredBuffers()).isEqualTo(held.size());
        assertThatThrownBy(() -> join(waiter))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PoolClosedException.class);
        release(held);
        assertThat(parent.statistics().reservedBytes()).isZero();
    }

    @Test
    void theParentsWatermarksCountItsChildren() {
        List<Level> ofParent = new ArrayList<>();
        List<Level> ofChild = new ArrayList<>();
        a.setMaxBytes(16 * MIB);
        parent.onPressure(0.7, 0.3, (level, bytes) -> ofParent.add(level));
        a.onPressure(0.7, 0.3, (level, bytes) -> ofChild.add(level));
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            held.add(a.acquire(2 * MIB));
        }
        assertThat(ofChild).containsExactly(Level.HIGH);
        assertThat(ofParent).isEmpty();
        for (int i = 0; i < 6; i++) {
            held.add(b.acquire(2 * MIB));
        }
        assertThat(ofParent).containsExactly(Level.HIGH);
        release(held);
        assertThat(ofChild).containsExactly(Level.HIGH, Level.LOW);
        assertThat(ofParent).containsExactly(Level.HIGH, Level.LOW);
    }
}
