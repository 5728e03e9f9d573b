/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.slab.SizeClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens at the limit, and what is reclaimed before it does. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class LimitTest extends PoolTest {

    private static final long[] SIZES = {64, 1000, 4096, 5000, 65_536, 200_000, MIB, MIB + 1, 2 * MIB};

    @Test
    void aRefusalNamesTheNumbers() {
        BufferPool pool = pool(variant.config().name("tight").maxBytes(8 * MIB));
        List<PooledBuffer> held = fill(pool, MIB);
        assertThat(held).hasSize(8);
        PoolExhaustedException refusal =
                catchThrowableOfType(PoolExhaustedException.class, () -> pool.acquire(300_000));
        assertThat(refusal.asked()).isEqualTo(300_000);
        assertThat(refusal.limit()).isEqualTo(8 * MIB);
        assertThat(refusal.charged()).isEqualTo(8 * MIB);
        assertThat(refusal.acquired()).isEqualTo(8 * MIB);
        assertThat(refusal.cached()).isZero();
        assertThat(refusal).hasMessage(
                "pool tight has no room for 300000 bytes: limit 8388608, charged 8388608, acquired 8388608, cached 0");
        release(held);
    }

    @Test
    void eachRefusalIsCounted() {
        BufferPool pool = pool(8 * MIB);
        List<PooledBuffer> held = fill(pool, MIB);
        long before = pool.statistics().refusals();
        assertThat(before).as("tryAcquire is refused too").isEqualTo(1);
        assertThatThrownBy(() -> pool.acquire(MIB)).isInstanceOf(PoolExhaustedException.class);
        assertThatThrownBy(() -> pool.acquire(BufferRequest.of(MIB))).isInstanceOf(PoolExhaustedException.class);
        assertThatThrownBy(() -> pool.acquire(2 * MIB)).isInstanceOf(PoolExhaustedException.class);
        assertThat(pool.statistics().refusals()).isEqualTo(4);
        release(held);
    }

    @Test
    void thePoolCanBeFilledToTheLimitWithEachSize() {
        for (long size : SIZES) {
            BufferPool pool = pool(16 * MIB);
            List<PooledBuffer> held = fill(pool, size);
            long capacity = held.getFirst().capacity();
            long perSlab = size > MIB ? 1 : 2 * MIB / capacity;
            long atLeast = size > MIB ? 16 * MIB / capacity : 8 * perSlab;
            assertThat((long) held.size())
                    .as("buffers of %d bytes in 16 MiB", size)
                    .isBetween(atLeast, 16 * MIB / capacity);
            assertAddsUp(pool, held);
            assertThat(pool.tryAcquire(size)).isNull();
            assertAddsUp(pool, held);
            held.removeLast().release();
            PooledBuffer again = pool.tryAcquire(size);
            assertThat(again).as("a buffer after a release").isNotNull();
            again.release();
            release(held);
            assertAddsUp(pool, List.of());
        }
    }

    @Test
    void aPoolOf16MebibytesServesEachSizeClassOnce() {
        BufferPool pool = pool(16 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            PooledBuffer buffer = pool.tryAcquire(SizeClasses.bytes(sizeClass));
            assertThat(buffer).as("class of %d bytes", SizeClasses.bytes(sizeClass)).isNotNull();
            assertThat(buffer.capacity()).isEqualTo(SizeClasses.bytes(sizeClass));
            held.add(buffer);
            if (variant.isPortable()) {
                release(held); // a class takes a slab of 2 MiB, so there they take turns
                held.clear();
            }
        }
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void aPoolThatWasFullOfOneSizeServesEachOtherAfterwards() {
        BufferPool pool = pool(16 * MIB);
        for (long before : SIZES) {
            for (long after : SIZES) {
                release(fill(pool, before));
                List<PooledBuffer> held = fill(pool, after);
                long capacity = held.isEmpty() ? 0 : held.getFirst().capacity();
                assertThat(held.size() * capacity)
                        .as("bytes of %d-byte buffers after %d-byte buffers", after, before)
                        .isGreaterThan(12 * MIB);
                assertAddsUp(pool, held);
                release(held);
            }
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void whatAnotherThreadHasCachedIsReclaimedBeforeARefusal() throws Exception {
        BufferPool pool = pool(16 * MIB);
        CountDownLatch cached = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Running<Void> idle = start(() -> {
            release(fill(pool, 65_536));
            cached.countDown();
            done.await();
            return null;
        });
        cached.await();
        assertThat(pool.statistics().cachedInThreadsBytes()).isPositive();
        List<PooledBuffer> held = fill(pool, MIB);
        assertThat(held).hasSize(16);
        release(held);
        done.countDown();
        join(idle);
    }

    @Test
    void anIdleThreadsCacheWorksOnAfterItWasRevoked() throws Exception {
        BufferPool pool = pool(16 * MIB);
        release(fill(pool, 1000));
        onNewThread(() -> {
            List<PooledBuffer> all = fill(pool, MIB);
            assertThat(all).hasSize(16);
            release(all);
            return null;
        });
        List<PooledBuffer> held = fill(pool, 1000);
        assertThat(held.size() * 1024L).isGreaterThan(15 * MIB);
        assertAddsUp(pool, held);
        release(held);
    }

    @Test
    void pagesOfFreeRunsAreReclaimedBesideScatteredSurvivors() {
        org.junit.jupiter.api.Assumptions.assumeFalse(variant.isPortable(), "needs memory that can purge");
        BufferPool pool = pool(16 * MIB);
        List<PooledBuffer> survivors = new ArrayList<>();
        List<PooledBuffer> all = fill(pool, 16_384);
        for (int i = 0; i < all.size(); i++) {
            if (i % 64 == 0) {
                survivors.add(all.get(i));
            } else {
                all.get(i).release();
            }
        }
        List<PooledBuffer> others = fill(pool, 262_144);
        assertThat(others.size() * 262_144L).isGreaterThan(14 * MIB);
        survivors.addAll(others);
        assertAddsUp(pool, survivors);
        release(survivors);
    }

    @Test
    void chargedNeverExceedsTheLimitNotEvenInARace() throws Exception {
        long seed = System.nanoTime();
        BufferPool pool = pool(16 * MIB);
        AtomicBoolean stop = new AtomicBoolean();
        List<Running<Long>> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            workers.add(start(() -> churn(pool, random, stop)));
        }
        long highest = 0;
        long samples = 0;
        for (long end = System.nanoTime() + 700_000_000L; System.nanoTime() < end;) {
            PoolStatistics now = pool.statistics();
            highest = Math.max(highest, now.chargedBytes());
            samples++;
        }
        stop.set(true);
        long refused = 0;
        for (Running<Long> worker : workers) {
            refused += join(worker);
        }
        assertThat(highest).as("seed %d, %d samples", seed, samples).isLessThanOrEqualTo(16 * MIB);
        assertThat(highest).as("the limit was reached").isGreaterThan(12 * MIB);
        assertThat(refused).as("refusals, seed %d", seed).isPositive();
        assertAddsUp(pool, List.of());
    }

    private static long churn(BufferPool pool, SplittableRandom random, AtomicBoolean stop) {
        List<PooledBuffer> held = new ArrayList<>();
        long refused = 0;
        while (!stop.get()) {
            if (held.size() > 40 || (!held.isEmpty() && random.nextInt(3) == 0)) {
                held.remove(random.nextInt(held.size())).release();
            } else {
                PooledBuffer buffer = pool.tryAcquire(SIZES[random.nextInt(SIZES.length)]);
                if (buffer == null) {
                    refused++;
                    release(held);
                    held.clear();
                } else {
                    held.add(buffer);
                }
            }
        }
        release(held);
        return refused;
    }
}
