/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.ArenaStatistics;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.ChildLimits;
import io.magpool.api.DumpFormat;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.SizeClassStatistics;
import io.magpool.api.TrimDepth;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.SizeClasses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a quiet pool says of itself is exact. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class StatisticsTest extends PoolTest {

    @Test
    void aNewPoolHoldsNothing() {
        PoolStatistics now =
                pool(variant.config().name("fresh").maxBytes(32 * MIB).arenas(3)).statistics();
        assertThat(now.poolName()).isEqualTo("fresh");
        assertThat(now.maxBytes()).isEqualTo(32 * MIB);
        assertThat(now.arenas()).isEqualTo(3);
        assertThat(now.memory()).isEqualTo(variant.memoryName());
        assertThat(now.canPurge()).isEqualTo(!variant.isPortable());
        assertThat(now.barrier()).isIn("membarrier", "handshake", "fence");
        assertThat(now.barrier().equals("fence"))
                .isEqualTo(variant.isFenced());
        assertThat(List.of(
                now.reservedBytes(),
                now.chargedBytes(),
                now.acquiredBytes(),
                now.cachedInThreadsBytes(),
                now.cachedInDepotsBytes(),
                now.freeBytes(),
                now.purgedBytes(),
                now.carvedBytes(),
                now.largeBytes(),
                now.cachedLargeBytes(),
                now.acquires(),
                now.releases(),
                now.exchanges(),
                now.steals(),
                now.refills(),
                now.carves(),
                now.refusals(),
                now.waits(),
                (long) now.waiting(),
                (long) now.threadCaches()))
                .containsOnly(0L);
        assertThat(now.sizeClasses()).hasSize(SizeClasses.COUNT);
        assertThat(now.sizeClasses()).extracting(SizeClassStatistics::chunkBytes).isSorted();
    }

    @Test
    void aClosedPoolHasNothing() {
        BufferPool pool = BufferPool.create(variant.config().maxBytes(32 * MIB).build());
        pool.acquire(1000).release();
        pool.acquire(2 * MIB).release();
        pool.close();
        PoolStatistics now = pool.statistics();
        StatisticsEquations.assertHold(now);
        assertThat(List.of(now.reservedBytes(), now.chargedBytes(), now.backedBytes(), now.carvedBytes()))
                .containsOnly(0L);
        assertThat(pool.dump(DumpFormat.HTML)).contains("0 slabs");
        assertThat(now.acquires()).as("what was counted stays").isEqualTo(2);
    }

    /** Notes at each question for resident pages whether who asks has a lock. */
    private static final class Watching extends ForwardingMemory {

        private final List<Boolean> locked = new ArrayList<>();
        private final Memory real;
        private Object lock = this;

        Watching(Memory real) {
            super(real);
            this.real = real;
        }

        @Override
        public long residentBytes(long address, long bytes) {
            locked.add(Thread.holdsLock(lock));
            return real.residentBytes(address, bytes);
        }
    }

    @Test
    void theSystemIsNotAskedUnderTheLockOfTheFamily() {
        Assumptions.assumeTrue(variant.isLinux(), "elsewhere nobody is asked");
        Platform platform = variant.platform();
        Watching memory = new Watching(platform.memory());
        MagazinePool parent = new MagazinePool(
                variant.config().maxBytes(64 * MIB).arenas(1).build(),
                new Platform(memory, platform.barrier(), platform.cores()));
        memory.lock = parent.family();
        BufferPool child = parent.child("a", ChildLimits.none());
        List<PooledBuffer> held = List.of(parent.acquire(1000), child.acquire(1000), child.acquire(2 * MIB));
        assertThat(parent.statistics().residentBytes()).isPresent();
        assertThat(memory.locked).as("a slab of each, and a mapping").hasSize(3).containsOnly(false);
        release(held);
        parent.close();
    }

    @Test
    void oneAcquireIsSeenInItsSizeClass() {
        BufferPool pool = pool(32 * MIB);
        PooledBuffer buffer = pool.acquire(1000);
        PoolStatistics now = pool.statistics();
        SizeClassStatistics sizeClass = now.sizeClasses().get(SizeClasses.indexFor(1000));
        assertThat(sizeClass.chunkBytes()).isEqualTo(1024);
        assertThat(sizeClass.acquired()).isEqualTo(1);
        assertThat(sizeClass.carved()).isEqualTo(2048);
        assertThat(sizeClass.cachedInThreads()).isEqualTo(sizeClass.magazineCapacity() - 1);
        assertThat(now.acquires()).isEqualTo(1);
        assertThat(now.releases()).isZero();
        assertThat(now.sizeClasses()).allSatisfy(
                each -> assertThat(each.acquires()).isEqualTo(each.carved() == 0 ? 0 : 1));
        assertThat(now.carves()).isEqualTo(1);
        assertThat(now.refills()).isEqualTo(1);
        assertThat(now.exchanges()).isEqualTo(1);
        assertThat(now.sizeClasses()).allSatisfy(
                each -> assertThat(each.exchanges()).isEqualTo(each.carved() == 0 ? 0 : 1));
        assertThat(now.threadCaches()).isEqualTo(1);
        assertThat(now.chargedBytes())
                .isEqualTo(
                        Math.ceilDiv(sizeClass.magazineCapacity() * 1024L, variant.grain(1024)) * variant.grain(1024));
        buffer.release();
        assertAddsUp(pool, List.of());
    }

    @Test
    void refusalsWaitsAndTrimsAreToldApartBySizeClass() throws InterruptedException {
        BufferPool pool = pool(16 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        for (PooledBuffer next = pool.tryAcquire(MIB); next != null; next = pool.tryAcquire(MIB)) {
            held.add(next);
        }
        assertThatThrownBy(() -> pool.acquire(BufferRequest.of(MIB - 1).within(Duration.ofNanos(1))))
                .isInstanceOf(PoolExhaustedException.class);
        assertThat(pool.tryAcquire(2 * MIB)).isNull();
        PoolStatistics full = pool.statistics();
        SizeClassStatistics largest = full.sizeClasses().getLast();
        assertThat(largest.refusals()).as("the first that found nothing, and one that waited").isEqualTo(2);
        assertThat(largest.waits()).isEqualTo(1);
        assertThat(full.refusals()).as("with a large one").isEqualTo(3);
        release(held);
        long trimmed = pool.trim(TrimDepth.FULL).advisedBytes();
        assertThat(pool.statistics().sizeClasses().getLast().trimmedBytes()).isPositive().isEqualTo(trimmed);
        assertThat(pool.statistics().table()).contains("trimmed");
        assertAddsUp(pool, List.of());
    }

    @Test
    void largeBuffersAreCountedInBytes() {
        BufferPool pool = pool(32 * MIB);
        PooledBuffer buffer = pool.acquire(2 * MIB + 1);
        PoolStatistics now = pool.statistics();
        assertThat(now.largeBytes()).isEqualTo(buffer.capacity()).isEqualTo(2 * MIB + 4096);
        assertThat(now.acquiredBytes()).isEqualTo(buffer.capacity());
        assertThat(now.chargedBytes()).isEqualTo(buffer.capacity());
        assertThat(now.reservedBytes()).isEqualTo(buffer.capacity());
        assertThat(now.cachedLargeBytes()).isZero();
        buffer.release();
        PoolStatistics after = pool.statistics();
        assertThat(after.largeBytes()).isZero();
        assertThat(after.cachedLargeBytes()).isEqualTo(2 * MIB + 4096);
        assertThat(after.chargedBytes()).isEqualTo(2 * MIB + 4096);
        assertThat(after.reservedBytes()).isEqualTo(2 * MIB + 4096);
    }

    @Test
    void whatWasAskedForIsToldFromWhatWasGiven() {
        BufferPool pool = pool(32 * MIB);
        PooledBuffer small = pool.acquire(1000);
        PooledBuffer large = pool.acquire(2 * MIB + 1);
        assertThat(pool.statistics().askedBytes()).isEqualTo(1000 + 2 * MIB + 1);
        assertThat(pool.statistics().acquiredBytes()).isEqualTo(1024 + 2 * MIB + 4096);
        small.reallocate(10);
        PooledBuffer larger = large.reallocate(3 * MIB - 1);
        assertThat(pool.statistics().askedBytes()).isEqualTo(10 + 3 * MIB - 1);
        PooledBuffer moved = larger.reallocate(5);
        assertThat(pool.statistics().askedBytes()).isEqualTo(15);
        assertAddsUp(pool, List.of(small, moved));
        small.release();
        moved.release();
        assertThat(pool.statistics().askedBytes()).isZero();
        assertAddsUp(pool, List.of());
    }

    @Test
    void residentIsWhatWasWritten() {
        BufferPool pool = pool(32 * MIB);
        PooledBuffer buffer = pool.acquire(64 << 10);
        PooledBuffer large = pool.acquire(4 * MIB);
        if (!variant.isLinux()) {
            assertThat(pool.statistics().residentBytes()).isEmpty();
            assertThat(pool.statistics().table()).contains("cannot be told");
        } else {
            assertThat(pool.statistics().residentBytes()).hasValue(0);
            buffer.segment().asSlice(0, 8192).fill((byte) 1);
            large.segment().asSlice(0, MIB).fill((byte) 1);
            assertThat(pool.statistics().residentBytes()).hasValue(8192 + MIB);
        }
        buffer.release();
        large.release();
        if (variant.isLinux()) {
            assertThat(pool.statistics().residentBytes()).as("kept for the next one").hasValue(8192 + MIB);
            pool.trim(TrimDepth.FULL);
            assertThat(pool.statistics().residentBytes()).hasValue(0);
        }
    }

    @Test
    void refillsCarvesAndStealsAreToldByClassAndByArena() {
        BufferPool pool = pool(variant.config().maxBytes(64 * MIB).arenas(2));
        pool.acquire(1000).release();
        pool.acquire(100_000).release();
        PoolStatistics now = pool.statistics();
        assertThat(now.sizeClasses().get(SizeClasses.indexFor(1000)).carves()).isEqualTo(1);
        assertThat(now.sizeClasses().get(SizeClasses.indexFor(1000)).refills()).isEqualTo(1);
        assertThat(now.byArena()).hasSize(2);
        assertThat(now.byArena()).extracting(ArenaStatistics::arena).containsExactly(0, 1);
        assertThat(now.carves()).isEqualTo(2);
        StatisticsEquations.assertHold(now);
    }

    @Test
    void theTableHasATermOnEachLine() {
        BufferPool pool = pool(64 * MIB);
        PooledBuffer buffer = pool.acquire(1000);
        String table = pool.statistics().table();
        assertThat(table.lines()).anySatisfy(line -> assertThat(line).matches(" +asked for +1,000"));
        assertThat(table.lines()).anySatisfy(line -> assertThat(line).matches(" .+ waste inside +24 .*"));
        assertThat(table.lines()).anySatisfy(line -> assertThat(line).matches(" += acquired +1,024"));
        buffer.release();
    }

    @Test
    void theTermsAddUpAfterAnyHistory() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        BufferPool pool = pool(variant.config().maxBytes(64 * MIB).arenas(2));
        List<PooledBuffer> held = new ArrayList<>();
        try {
            for (int round = 0; round < 30; round++) {
                if (random.nextBoolean()) {
                    step(pool, random, held);
                } else {
                    SplittableRandom others = random.split();
                    onNewThread(() -> {
                        step(pool, others, held);
                        return null;
                    });
                }
                if (random.nextInt(5) == 0) {
                    pool.trimCurrentThread();
                }
                assertAddsUp(pool, held);
            }
        } catch (AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
        release(held);
        assertAddsUp(pool, List.of());
    }

    private static void step(BufferPool pool, SplittableRandom random, List<PooledBuffer> held) {
        for (int i = 0; i < 500; i++) {
            if (held.size() < 300 && random.nextInt(100) < 55) {
                PooledBuffer buffer = pool.tryAcquire(random.nextLong(1L << random.nextInt(22)));
                if (buffer != null) {
                    held.add(buffer);
                }
            } else if (!held.isEmpty()) {
                held.remove(random.nextInt(held.size())).release();
            }
        }
    }

    @Test
    void trimmingTheCurrentThreadGivesUpAllItHasCached() {
        BufferPool pool = pool(64 * MIB);
        for (long size : List.of(1L, 1000L, 100_000L)) {
            pool.acquire(size).release();
        }
        assertThat(pool.statistics().cachedInThreadsBytes()).isPositive();
        pool.trimCurrentThread();
        assertThat(pool.statistics().cachedInThreadsBytes()).isZero();
        assertThat(pool.statistics().cachedInDepotsBytes()).isPositive();
        assertAddsUp(pool, List.of());
        pool.acquire(1000).release();
        assertAddsUp(pool, List.of());
    }

    @Test
    void trimmingAThreadThatHasNothingDoesNothing() throws Exception {
        BufferPool pool = pool(64 * MIB);
        pool.trimCurrentThread();
        Thread.ofVirtual().start(pool::trimCurrentThread).join();
        assertThat(pool.statistics().threadCaches()).isZero();
    }

    @Test
    void aThreadKeepsWithinItsBudgetOfCachedBytes() {
        BufferPool pool =
                pool(variant.config().maxBytes(64 * MIB).threadCacheBytes(MIB).magazineBytes(256 << 10));
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            pool.acquire(SizeClasses.bytes(i)).release();
        }
        assertThat(pool.statistics().cachedInThreadsBytes()).isLessThanOrEqualTo(2 * MIB);
        assertAddsUp(pool, List.of());
    }

    @Test
    void magazinesAreAsLargeAsConfigured() {
        BufferPool pool = pool(variant.config().maxBytes(64 * MIB).magazineBytes(8192));
        assertThat(pool.statistics().sizeClasses())
                .allSatisfy(c -> assertThat(c.magazineCapacity())
                        .isEqualTo(Math.clamp(8192L / c.chunkBytes(), 1, 64)));
    }

    @Test
    void whatDeadThreadsHadCachedIsRecoveredAndTheirCountsLiveOn() throws Exception {
        BufferPool pool = pool(64 * MIB);
        for (int i = 0; i < 20; i++) {
            onNewThread(() -> {
                PooledBuffer buffer = pool.acquire(1000);
                pool.acquire(50_000).release();
                buffer.release();
                return null;
            });
        }
        PoolStatistics now = pool.statistics();
        assertThat(now.threadCaches()).isZero();
        assertThat(now.cachedInThreadsBytes()).isZero();
        assertThat(now.cachedInDepotsBytes()).isPositive();
        assertThat(now.acquires()).isEqualTo(40);
        assertThat(now.releases()).isEqualTo(40);
        assertThat(now.exchanges()).isGreaterThanOrEqualTo(40);
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::exchanges).sum())
                .isEqualTo(now.exchanges());
        assertThat(now.carves()).as("slabs: dead threads' chunks are used again")
                .isLessThanOrEqualTo(2L * now.arenas());
        assertAddsUp(pool, List.of());
    }
}
