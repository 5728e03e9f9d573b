/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.api.PressureListener.Level;
import io.magpool.api.Registration;
import io.magpool.api.TrimDepth;
import io.magpool.impl.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners are told when the bytes in use cross a watermark. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class PressureTest extends PoolTest {

    private final List<Level> told = new ArrayList<>();
    private final List<PooledBuffer> held = new ArrayList<>();
    private BufferPool pool;

    @BeforeEach
    void createPool() {
        pool = pool(16 * MIB);
    }

    private void acquire(int buffers) {
        for (int i = 0; i < buffers; i++) {
            held.add(pool.acquire(2 * MIB));
        }
    }

    private void release(int buffers) {
        for (int i = 0; i < buffers; i++) {
            held.removeLast().release();
        }
    }

    @Test
    void eachCrossingIsToldOnce() {
        List<Long> bytes = new ArrayList<>();
        pool.onPressure(0.7, 0.3, (level, inUse) -> {
            told.add(level);
            bytes.add(inUse);
        });
        acquire(5);
        assertThat(told).as("10 of 16").isEmpty();
        acquire(1);
        assertThat(told).as("12 of 16").containsExactly(Level.HIGH);
        release(3);
        acquire(4);
        assertThat(told).as("between and up again").containsExactly(Level.HIGH);
        release(5);
        assertThat(told).as("4 of 16").containsExactly(Level.HIGH, Level.LOW);
        acquire(3);
        release(5);
        acquire(6);
        assertThat(told).containsExactly(Level.HIGH, Level.LOW, Level.HIGH);
        assertThat(bytes).containsExactly(12 * MIB, 4 * MIB, 12 * MIB);
        release(6);
    }

    @Test
    void chunksCountWhenMagazinesAreExchanged() {
        pool.onPressure(0.5, 0.25, (level, inUse) -> told.add(level));
        List<PooledBuffer> chunks = fill(pool, 65_536);
        assertThat(told).containsExactly(Level.HIGH);
        release(chunks);
        pool.trimCurrentThread();
        assertThat(told).containsExactly(Level.HIGH, Level.LOW);
    }

    @Test
    void whatATrimTakesFromOtherThreadsIsTold() throws Exception {
        pool.onPressure(0.5, 0.01, (level, inUse) -> told.add(level));
        onNewThread(() -> {
            release(fill(pool, 65_536));
            return null;
        });
        assertThat(told).as("the rest is ready in that thread").containsExactly(Level.HIGH);
        pool.trim(TrimDepth.FULL);
        assertThat(told).containsExactly(Level.HIGH, Level.LOW);
    }

    @Test
    void whatTheTrimmersThreadTakesFromAThreadThatFellIdleIsToldThoughNobodyCallsThePool() throws Exception {
        List<Level> seen = new CopyOnWriteArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        pool = pool(variant.config()
                .maintenance(PoolConfig.Maintenance.AUTOMATIC)
                .trimInterval(Duration.ofMillis(5))
                .maxBytes(16 * MIB));
        pool.onPressure(0.5, 0.01, (level, inUse) -> seen.add(level));
        Running<Void> idle = start(() -> {
            release(fill(pool, 65_536));
            assertThat(over.await(100, TimeUnit.SECONDS)).isTrue();
            return null;
        });
        Eventually.isTrue("LOW is told", () -> seen.contains(Level.LOW), () -> seen);
        assertThat(seen).containsExactly(Level.HIGH, Level.LOW);
        over.countDown();
        join(idle);
    }

    @Test
    void theFigureComesBackToZero() throws Exception {
        MagazinePool inside = (MagazinePool) pool;
        for (long size : List.of(64L, 5000L, 65_536L, MIB, 2 * MIB)) {
            onNewThread(() -> {
                release(fill(pool, size));
                return null;
            });
            Thread.ofVirtual().start(() -> release(fill(pool, size))).join();
        }
        assertThat(inside.statistics().acquiredBytes()).isZero();
        inside.caches().revokeAll(inside.arenas()::put);
        assertThat(inside.arenas().outsideBytes()).isZero();
    }

    @Test
    void aListenerIsToldAtOnceWhenItIsHighAlready() {
        acquire(7);
        pool.onPressure(0.7, 0.3, (level, inUse) -> told.add(level));
        assertThat(told).containsExactly(Level.HIGH);
        release(7);
    }

    @Test
    void aLimitThatIsChangedMovesTheWatermarks() {
        acquire(4);
        pool.onPressure(0.7, 0.3, (level, inUse) -> told.add(level));
        pool.setMaxBytes(10 * MIB);
        assertThat(told).containsExactly(Level.HIGH);
        pool.setMaxBytes(64 * MIB);
        assertThat(told).containsExactly(Level.HIGH, Level.LOW);
        release(4);
    }

    @Test
    void aListenerMayUseThePoolAndMayFail() {
        pool.onPressure(0.5, 0.3, (level, inUse) -> {
            told.add(level);
            pool.acquire(MIB).release();
            throw new IllegalStateException("of the test: its warning belongs into the log");
        });
        acquire(5);
        release(5);
        assertThat(told).containsExactly(Level.HIGH, Level.LOW);
    }

    @Test
    void aClosedRegistrationIsToldNothing() {
        Registration registration = pool.onPressure(0.5, 0.3, (level, inUse) -> told.add(level));
        registration.close();
        acquire(6);
        release(6);
        assertThat(told).isEmpty();
    }

    @Test
    void watermarksThatAreNoneAreRefused() {
        for (double high : new double[]{0, -0.5, 1.01, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> pool.onPressure(high, 0.1, (level, inUse) -> told.add(level)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("high is " + high + ": must be above 0, and at most 1");
        }
        for (double low : new double[]{0, -0.5, 0.8, 0.9, Double.NaN}) {
            assertThatThrownBy(() -> pool.onPressure(0.8, low, (level, inUse) -> told.add(level)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("low is " + low + ": must be above 0, and below high, which is 0.8");
        }
        assertThatThrownBy(() -> pool.onPressure(0.8, 0.2, null)).hasMessage("listener");
    }
}
