/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.Maintenance;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimPolicy;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one thread of all pools, as one sees it from outside. */
@Timeout(60)
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

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) { // till the timeout
            Thread.onSpinWait();
        }
    }

    @Test
    void itTrimsAllPoolsAndThenSleepsWithoutATimeoutAndEndsWithTheLastPool() {
        try (BufferPool one = BufferPool.create(config().build());
                BufferPool two = BufferPool.create(config().build())) {
            for (int round = 0; round < 3; round++) {
                for (BufferPool pool : List.of(one, two)) {
                    Stream.generate(() -> pool.acquire(64 << 10)).limit(100).toList().forEach(PooledBuffer::release);
                }
                await(() -> one.statistics().chargedBytes() == 0 && two.statistics().chargedBytes() == 0);
                assertThat(trimmers()).singleElement().satisfies(thread -> {
                    assertThat(thread.isDaemon()).isTrue();
                    assertThat(thread.getContextClassLoader()).isNull();
                    await(() -> thread.getState() == Thread.State.WAITING);
                });
                assertThat(one.statistics().trims()).isPositive();
            }
        }
        await(() -> trimmers().isEmpty());
    }

    @Test
    void poolsThatNeedNoneHaveNone() {
        await(() -> trimmers().isEmpty());
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
        await(() -> {
            System.gc();
            return forgotten.get() == null && trimmers().isEmpty();
        });
    }

    private static WeakReference<BufferPool> forget() {
        BufferPool pool = BufferPool.create(config().build());
        assertThat(pool.acquire(100).size()).isEqualTo(100); // and never releases it
        assertThat(trimmers()).isNotEmpty();
        return new WeakReference<>(pool);
    }
}
