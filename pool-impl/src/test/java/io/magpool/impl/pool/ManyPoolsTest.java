/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.Eventually;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools that come and go under threads that stay, and threads that come and go under a pool that stays. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class ManyPoolsTest extends PoolTest {

    private static final int POOLS = 100;

    private static void awaitCollected(List<? extends WeakReference<?>> references) throws Exception {
        Eventually.passes(() -> {
            System.gc();
            assertThat(references).allMatch(reference -> reference.refersTo(null), "is collected");
        });
    }

    @Test
    void aHundredPoolsLeaveNeitherThreadsNorHeapBehind() throws Exception {
        int threads = Thread.getAllStackTraces().size();
        List<WeakReference<BufferPool>> closed = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            closed.add(usedAndClosed());
        }
        assertThat(Thread.getAllStackTraces().size()).as("threads").isLessThanOrEqualTo(threads + 3);
        awaitCollected(closed);
    }

    @Test
    void hundredsThatAreOpenAtOnceHaveNoThreadsOfTheirOwnAndAreIndependent() {
        int threads = Thread.getAllStackTraces().size();
        List<BufferPool> pools = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * POOLS; i++) {
                BufferPool pool = BufferPool.create(variant.config().maxBytes(16 * MIB).build());
                pools.add(pool);
                PooledBuffer buffer = pool.acquire(1000);
                buffer.segment().fill((byte) i);
                buffer.release();
            }
            assertThat(Thread.getAllStackTraces().size()).as("threads").isLessThanOrEqualTo(threads + 3);
            for (BufferPool pool : pools) {
                PoolStatistics now = pool.statistics();
                assertThat(now.acquires()).isEqualTo(1);
                assertThat(now.chargedBytes()).isLessThanOrEqualTo(variant.isPortable() ? 2 * MIB : MIB / 16);
                StatisticsEquations.assertHold(now);
            }
        } finally {
            pools.forEach(BufferPool::close);
        }
        assertThat(pools).allMatch(pool -> pool.statistics().reservedBytes() == 0, "gave its address space back");
    }

    private WeakReference<BufferPool> usedAndClosed() throws InterruptedException {
        BufferPool pool = BufferPool.create(variant.config().maxBytes(16 * MIB).build());
        PooledBuffer buffer = pool.acquire(1000);
        pool.acquire(50_000).release();
        Thread.ofVirtual().start(() -> pool.acquire(100).release()).join();
        buffer.release();
        pool.close();
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertThat(pool.statistics().reservedBytes()).isZero();
        return new WeakReference<>(pool);
    }

    @Test
    void threadsThatDiedAreNotKeptByAnOpenPool() throws Exception {
        BufferPool pool = pool(16 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        List<WeakReference<Thread>> dead = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            Thread thread = Thread.ofPlatform().start(() -> {
                held.add(pool.acquire(1000));
                pool.acquire(5000).release();
            });
            thread.join();
            dead.add(new WeakReference<>(thread));
        }
        assertThat(pool.statistics().threadCaches()).as("caches, once the dead are counted").isZero();
        assertAddsUp(pool, held);
        awaitCollected(dead);
        release(held);
        assertThat(pool.statistics().threadCaches()).isEqualTo(1);
    }

    @Test
    void aClosedPoolKeepsNoClassLoaderAlive() throws Exception {
        awaitCollected(List.of(loaderOfAnAttachment()));
    }

    /** The wrapper's class belongs to a loader that goes away with the application; this thread stays. */
    private WeakReference<ClassLoader> loaderOfAnAttachment() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0], null);
                BufferPool pool = BufferPool.create(variant.config().maxBytes(16 * MIB).build())) {
            Object wrapper =
                    Proxy.newProxyInstance(loader, new Class<?>[]{Runnable.class}, (proxy, method, args) -> null);
            assertThat(wrapper.getClass().getClassLoader()).isSameAs(loader);
            PooledBuffer buffer = pool.acquire(1000);
            buffer.attach(wrapper);
            buffer.release();
            return new WeakReference<>(loader);
        }
    }
}
