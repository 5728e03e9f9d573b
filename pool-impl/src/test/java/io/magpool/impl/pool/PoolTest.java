/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.Eventually;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/**
 * What the tests of the pool's public face share: pools of one variant, which after each test are closed and found to
 * have given all their memory back, unless the test left buffers out on purpose.
 */
abstract class PoolTest {

    static final long MIB = 1L << 20;

    @Parameter
    Variant variant;

    private final Deque<BufferPool> pools = new ArrayDeque<>();

    @BeforeEach
    void assumeVariantIsPossible() {
        variant.assumePossible();
    }

    @AfterEach
    void closedPoolsGiveAllMemoryBack() {
        for (BufferPool pool : pools) {
            if (pool.abandon().acquiredBuffers() == 0) {
                PoolStatistics after = pool.statistics();
                assertThat(after.chargedBytes()).as("charged after close").isZero();
                assertThat(after.reservedBytes()).as("reserved after close").isZero();
            }
        }
    }

    final BufferPool pool(long maxBytes) {
        return pool(variant.config().maxBytes(maxBytes));
    }

    final BufferPool pool(PoolConfig.Builder config) {
        BufferPool pool = BufferPool.create(config.build());
        pools.push(pool);
        return pool;
    }

    /** Fills a pool up to its limit. */
    static List<PooledBuffer> fill(BufferPool pool, long size) {
        List<PooledBuffer> held = new ArrayList<>();
        for (PooledBuffer buffer = pool.tryAcquire(size); buffer != null; buffer = pool.tryAcquire(size)) {
            held.add(buffer);
        }
        return held;
    }

    static void release(Collection<PooledBuffer> buffers) {
        buffers.forEach(PooledBuffer::release);
    }

    /** Invariant 3, against what the caller knows to be acquired: the statistics find that figure by difference. */
    static void assertAddsUp(BufferPool pool, Collection<PooledBuffer> held) {
        PoolStatistics now = pool.statistics();
        Map<Long, Long> heldByCapacity = new TreeMap<>();
        long heldBytes = 0;
        for (PooledBuffer buffer : held) {
            if (buffer instanceof Chunk) { // a large buffer may be as small, if its alignment is beyond chunks
                heldByCapacity.merge(buffer.capacity(), 1L, Long::sum);
            }
            heldBytes += buffer.capacity();
        }
        for (SizeClassStatistics c : now.sizeClasses()) {
            long sum = c.acquired() + c.quarantined() + c.lost() + c.cachedInThreads() + c.cachedInDepots() + c.free()
                    + c.purged();
            assertThat(sum).as("chunks of " + c.chunkBytes() + " bytes: " + c).isEqualTo(c.carved());
            assertThat(c.acquired())
                    .as("acquired chunks of " + c.chunkBytes() + " bytes: " + c)
                    .isEqualTo(heldByCapacity.getOrDefault((long) c.chunkBytes(), 0L));
        }
        assertThat(now.acquiredBytes()).as("acquired").isEqualTo(heldBytes);
        assertThat(now.acquires() - now.releases()).as("acquires - releases").isEqualTo(held.size());
        assertThat(now.chargedBytes()).as("charged").isBetween(heldBytes + now.cachedLargeBytes(), now.maxBytes());
        StatisticsEquations.assertHold(now);
        assertThat(now.askedBytes()).as("asked").isEqualTo(held.stream().mapToLong(PooledBuffer::size).sum());
        assertThat(now.acquiredBytes() - now.largeBytes()
                + now.cachedInThreadsBytes()
                + now.cachedInDepotsBytes()
                + now.freeBytes()
                + now.purgedBytes())
                .isEqualTo(now.carvedBytes());
    }

    /** Runs something to its end on a new platform thread, which is dead afterwards. */
    static <T> T onNewThread(Callable<T> work) throws InterruptedException, ExecutionException {
        return join(start(work));
    }

    static <T> Running<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().name("test-worker").daemon().start(task);
        return new Running<>(task, thread);
    }

    static <T> T join(Running<T> running) throws InterruptedException, ExecutionException {
        try {
            T result = running.task.get(50, TimeUnit.SECONDS);
            Eventually.ended(running.thread);
            return result;
        } catch (TimeoutException hangs) {
            StringBuilder where = new StringBuilder("hangs at");
            for (StackTraceElement frame : running.thread.getStackTrace()) {
                where.append("\n  ").append(frame);
            }
            throw new AssertionError(where.toString(), hangs);
        }
    }

    record Running<T>(FutureTask<T> task, Thread thread) {

        /** Waits until the thread waits. */
        Running<T> awaitParked() {
            Eventually.isTrue(
                    thread + " waits or has ended",
                    () -> thread.getState() == Thread.State.TIMED_WAITING || task.isDone(),
                    thread::getState);
            return this;
        }
    }
}
