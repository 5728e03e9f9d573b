/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads at work in several pools of a family at once, at its limit, while children come and go. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class ChildStressTest extends PoolTest {

    private static final int THREADS = 4;
    private static final int STEPS = 1500;
    private static final long LIMIT = 48 * MIB;
    private static final List<Integer> SIZES = List.of(100, 5000, 20_000, 65_536, 300_000, 1 << 20, 2 << 20);

    private final AtomicLong held = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();
    private final AtomicLong acquires = new AtomicLong();

    @Test
    void theSumsAreExactAndTheLimitHolds() throws Exception {
        long seed = new Random().nextLong();
        BufferPool parent = pool(variant.config().maxBytes(LIMIT));
        List<BufferPool> pools = List.of(
                parent,
                parent.child("small", ChildLimits.atMost(16 * MIB)),
                parent.child("safe", ChildLimits.atMost(24 * MIB).guaranteeing(12 * MIB)),
                parent.child("any", ChildLimits.none()));
        List<Running<Void>> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            workers.add(start(() -> work(pools, first, new Random(seed + first))));
        }
        Running<Void> visitor = start(() -> comeAndGo(parent));
        while (workers.stream().anyMatch(worker -> !worker.task().isDone())) {
            assertFamilyAddsUp(parent.statistics(), seed);
        }
        for (Running<Void> worker : workers) {
            join(worker);
        }
        join(visitor);
        assertThat(highest.get()).as("acquired at once, seed %d", seed).isBetween(MIB, LIMIT);
        PoolStatistics after = parent.statistics();
        assertFamilyAddsUp(after, seed);
        assertThat(after.acquires()).as("seed %d", seed).isEqualTo(acquires.get());
        assertThat(after.releases()).as("seed %d", seed).isEqualTo(acquires.get());
        assertThat(after.acquiredBytes()).isZero();
        assertThat(after.chargedBytes() + after.setAsideBytes()).isBetween(0L, LIMIT);
        for (BufferPool child : pools.subList(1, pools.size())) {
            assertAddsUp(child, List.of());
        }
    }

    private Void work(List<BufferPool> pools, int first, Random random) {
        Deque<PooledBuffer> own = new ArrayDeque<>();
        for (int step = 0; step < STEPS; step++) {
            BufferPool pool = pools.get((first + random.nextInt(2)) % pools.size());
            PooledBuffer buffer =
                    random.nextInt(9) < 5 ? pool.tryAcquire(SIZES.get(random.nextInt(SIZES.size()))) : null;
            if (buffer != null) {
                acquires.incrementAndGet();
                highest.accumulateAndGet(held.addAndGet(buffer.capacity()), Math::max);
                own.add(buffer);
            } else if (!own.isEmpty()) {
                release(own.poll());
            }
        }
        while (!own.isEmpty()) {
            release(own.poll());
        }
        return null;
    }

    private void release(PooledBuffer buffer) {
        held.addAndGet(-buffer.capacity());
        buffer.release();
    }

    private Void comeAndGo(BufferPool parent) {
        for (int i = 0; i < 50; i++) {
            BufferPool guest = parent.child("guest", ChildLimits.atMost(4 * MIB));
            PooledBuffer buffer = guest.tryAcquire(100);
            if (buffer != null) {
                acquires.incrementAndGet();
                buffer.release();
            }
            guest.close();
        }
        return null;
    }

    /** Also in the midst of it all: what the parent itself has is the rest, and no term of it is negative. */
    private static void assertFamilyAddsUp(PoolStatistics total, long seed) {
        List<ToLongFunction<PoolStatistics>> terms = List.of(
                PoolStatistics::chargedBytes,
                PoolStatistics::setAsideBytes,
                PoolStatistics::reservedBytes,
                PoolStatistics::largeBytes,
                PoolStatistics::carvedBytes,
                PoolStatistics::cachedInDepotsBytes,
                PoolStatistics::acquires,
                PoolStatistics::releases,
                PoolStatistics::exchanges,
                PoolStatistics::refills,
                PoolStatistics::carves,
                PoolStatistics::refusals);
        for (ToLongFunction<PoolStatistics> term : terms) {
            long children = total.children().stream().mapToLong(term).sum();
            assertThat(children).as("children, seed %d", seed).isBetween(0L, term.applyAsLong(total));
        }
    }
}
