/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimPolicy;
import io.magpool.api.TrimReport;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Slab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept for large buffers goes by the same policies as all else, is reported and counted. */
class TrimLargeTest {

    private static final long MIB = 1L << 20;

    @BeforeEach
    void assumeLinux() {
        Variant.LINUX_ASYMMETRIC.assumePossible();
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.builder().memory(MemoryKind.LINUX).maxBytes(512 * MIB).arenas(1);
    }

    private static ClockedPool with(TrimPolicy policy) {
        return new ClockedPool(config().trim(policy));
    }

    /** Leaves mappings of these sizes behind, all pages of which were touched. */
    private static void keep(ClockedPool clocked, int... mebibytes) {
        List<PooledBuffer> held = IntStream.of(mebibytes)
                .mapToObj(size -> clocked.burst(size * MIB, (int) (size * MIB)).getFirst())
                .toList();
        held.forEach(PooledBuffer::release);
    }

    private static long kept(ClockedPool clocked) {
        return clocked.pool.statistics().cachedLargeBytes();
    }

    @Test
    void theWorkingSetLeavesWhatWasWantedSinceTheLastTickAndCountsWhatGoes() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet())) {
            keep(clocked, 2, 3);
            clocked.now += ClockedPool.INTERVAL / 2;
            keep(clocked, 4);
            clocked.now += ClockedPool.INTERVAL / 2;
            TrimReport report = clocked.pool.maintain();
            assertThat(report.askedBytes()).isEqualTo(5 * MIB);
            assertThat(report.advisedBytes()).isEqualTo(5 * MIB);
            assertThat(report.runs()).isEqualTo(2);
            assertThat(report.calls()).isEqualTo(2);
            assertThat(kept(clocked)).isEqualTo(4 * MIB);
            assertThat(clocked.tick()).isEqualTo(4 * MIB);
            assertThat(clocked.pool.statistics().trims()).isEqualTo(2);
            assertThat(clocked.pool.statistics().trimmedBytes()).isEqualTo(9 * MIB);
            assertThat(clocked.pool.statistics().chargedBytes()).isZero();
        }
    }

    @Test
    void thePolicyNoneLeavesThemForEver() {
        try (ClockedPool clocked = with(TrimPolicy.none())) {
            keep(clocked, 2);
            clocked.now += Duration.ofDays(1).toNanos();
            assertThat(clocked.pool.maintain().advisedBytes()).isZero();
            keep(clocked, 3);
            assertThat(kept(clocked)).isEqualTo(5 * MIB);
        }
    }

    @Test
    void theFloorHoldsForAllMemoryTogether() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withFloor(9 * MIB))) {
            PooledBuffer held = clocked.pool.acquire(5 * MIB);
            keep(clocked, 4, 3);
            clocked.tick();
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).as("without the one of 3 MiB").isEqualTo(9 * MIB);
            held.release();
        }
    }

    @Test
    void theRateHoldsForAllMemoryTogether() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(5 * MIB))) {
            keep(clocked, 2, 2, 2);
            clocked.burst(12 * MIB, 4096).forEach(PooledBuffer::release);
            long before = clocked.pool.charge().charged();
            clocked.tick();
            long left = clocked.pool.charge().charged();
            clocked.now += ClockedPool.INTERVAL;
            TrimReport first = clocked.pool.maintain();
            assertThat(first.askedBytes()).as("what the policy wants, whatever the rate allows").isEqualTo(left);
            assertThat(first.advisedBytes()).isLessThan(left);
            assertThat(clocked.pool.charge().charged()).isGreaterThanOrEqualTo(before - 2 * 5 * MIB);
            for (int i = 2; i <= 3; i++) {
                clocked.tick();
                assertThat(clocked.pool.charge().charged()).isGreaterThanOrEqualTo(before - (i + 1L) * 5 * MIB);
            }
            for (int i = 0; i < 3; i++) {
                clocked.tick();
            }
            assertThat(clocked.pool.charge().charged()).isZero();
        }
    }

    @Test
    void aMappingThatIsMoreThanATickMayGiveGoesWholeAndThenNothingUntilTheRateHasAllowedIt() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(2 * MIB))) {
            keep(clocked, 7);
            List<PooledBuffer> pages = clocked.burst(8 * MIB, 4096);
            pages.forEach(PooledBuffer::release);
            long gone = 0;
            for (int i = 1; i <= 9; i++) {
                gone += clocked.tick();
                assertThat(gone).as("after %d ticks", i).isLessThan((2L * i + 7) * MIB);
            }
            assertThat(gone).isEqualTo(15 * MIB);
        }
    }

    @Test
    void aLargeMappingGoesInItsTurnThoughSmallerOnesUseUpTheRate() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(2 * MIB))) {
            keep(clocked, 7);
            boolean gone = false;
            for (int i = 0; i < 8 && !gone; i++) {
                keep(clocked, 2);
                gone = clocked.tick() >= 7 * MIB;
            }
            assertThat(gone).isTrue();
        }
    }

    @Test
    void aMappingGoesAlsoWherePagesUseUpTheRateForEver() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(MIB))) {
            keep(clocked, 7);
            clocked.burst(64 * MIB, 4096).forEach(PooledBuffer::release);
            long most = 0;
            for (int i = 0; i < 4; i++) {
                most = Math.max(most, clocked.tick());
            }
            assertThat(kept(clocked)).isZero();
            assertThat(most).as("nothing is saved up for pages").isEqualTo(7 * MIB);
            for (int i = 0; i < 20; i++) {
                assertThat(clocked.tick()).isLessThanOrEqualTo(MIB);
            }
        }
    }

    @Test
    void pagesHaveTheirTurnWhateverNumberOfTicksAMappingTakesToBePaid() {
        for (int mebibytes : new int[]{2, 3, 4}) {
            try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(MIB))) {
                clocked.burst(8 * MIB, 4096).forEach(PooledBuffer::release);
                for (int i = 0; i < 60; i++) {
                    if (kept(clocked) < 3L * mebibytes * MIB) {
                        keep(clocked, mebibytes, mebibytes, mebibytes, mebibytes);
                    }
                    clocked.tick();
                }
                assertThat(clocked.pool.charge().charged() - kept(clocked))
                        .as("pages left, beside mappings of %d MiB", mebibytes)
                        .isZero();
            }
        }
    }

    @Test
    void timeThatPassesWithoutATickPaysTheDebtToo() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(MIB))) {
            keep(clocked, 60);
            clocked.tick();
            clocked.tick();
            assertThat(kept(clocked)).isZero();
            clocked.now += 3_600 * ClockedPool.INTERVAL;
            clocked.pool.maintain();
            clocked.burst(4 * MIB, 4096).forEach(PooledBuffer::release);
            clocked.tick();
            assertThat(clocked.tick()).isEqualTo(MIB);
        }
    }

    @Test
    void aRateBelowAPageForEachTickStillGivesAllBack() {
        PoolConfig.Builder config = config().trim(TrimPolicy.workingSet().withMaxRate(4096));
        try (ClockedPool clocked = new ClockedPool(config)) {
            clocked.burst(65_536, 4096).forEach(PooledBuffer::release);
            clocked.tick();
            long before = clocked.pool.charge().charged();
            clocked.now += ClockedPool.INTERVAL / 2;
            assertThat(clocked.pool.maintain().advisedBytes()).as("not due").isZero();
            for (int i = 1; i <= 4; i++) {
                clocked.now += ClockedPool.INTERVAL;
                clocked.pool.maintain();
                assertThat(clocked.pool.charge().charged()).isEqualTo(before - i * 4096L);
            }
        }
    }

    @Test
    void aSlabWhosePagesAreGoneGoesWithTheLastOfThem() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(5_000))) {
            clocked.burst(2 * 4096, 4096).forEach(PooledBuffer::release);
            clocked.tick();
            List<Slab> slabs = new ArrayList<>();
            clocked.pool.arenas().forEachSlab(slabs::add);
            slabs.removeIf(slab -> slab.chunkBytes() != 4096);
            assertThat(slabs).hasSize(1);
            long gone = 0;
            while (slabs.getFirst().backedBytes() != 0) {
                gone += clocked.tick();
            }
            assertThat(gone).isPositive();
            assertThat(slabs.getFirst().isRetired()).isTrue();
        }
    }

    @Test
    void aWatermarkCountsThemAndKeepsNoMore() {
        try (ClockedPool clocked = with(TrimPolicy.watermark(6 * MIB))) {
            keep(clocked, 4, 3);
            assertThat(clocked.tick()).as("the smaller one suffices, and goes whole").isEqualTo(3 * MIB);
            keep(clocked, 2);
            assertThat(clocked.tick()).isZero();
            assertThat(kept(clocked)).isEqualTo(6 * MIB);
        }
    }

    @Test
    void aWatermarkNeverTakesTheFloor() {
        try (ClockedPool clocked = with(TrimPolicy.watermark(6 * MIB).withFloor(5 * MIB))) {
            keep(clocked, 7);
            assertThat(clocked.tick()).isZero();
            assertThat(kept(clocked)).isEqualTo(7 * MIB);
        }
    }

    @Test
    void theyDecayLikeAllElse() {
        try (ClockedPool clocked = with(TrimPolicy.decay(Duration.ofSeconds(10)))) {
            keep(clocked, IntStream.generate(() -> 2).limit(16).toArray());
            List<Long> left = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                clocked.tick();
                left.add(kept(clocked));
            }
            assertThat(left.get(1)).isEqualTo(32 * MIB);
            assertThat(left.get(5)).as("half way").isBetween(16 * MIB, 20 * MIB);
            assertThat(left.getLast()).isZero();
        }
    }

    @Test
    void byHandAGentleTrimTakesWhatIsOldAndAFullOneAllAndBothSayWhatIsReallyGone() {
        try (ClockedPool clocked = with(TrimPolicy.none())) {
            keep(clocked, 2);
            clocked.now += ClockedPool.INTERVAL;
            keep(clocked, 3);
            TrimReport gentle = clocked.pool.trim(TrimDepth.GENTLE);
            assertThat(gentle.advisedBytes()).isEqualTo(2 * MIB);
            assertThat(gentle.goneBytes()).hasValue(2 * MIB);
            TrimReport full = clocked.pool.trim(TrimDepth.FULL);
            assertThat(full.askedBytes()).isEqualTo(3 * MIB);
            assertThat(full.goneBytes()).hasValue(3 * MIB);
            assertThat(clocked.pool.charge().charged()).isZero();
        }
    }

    @Test
    void twoGentleTrimsTakeMappingsTooThatWereNotUsedInBetween() {
        try (ClockedPool clocked = with(TrimPolicy.none())) {
            clocked.now += 5;
            keep(clocked, 2);
            clocked.now += 5;
            assertThat(clocked.pool.trim(TrimDepth.GENTLE).advisedBytes()).isZero();
            assertThat(clocked.pool.trim(TrimDepth.GENTLE).advisedBytes()).isEqualTo(2 * MIB);
        }
    }

    @Test
    void whatIsInTheTrimmersHandIsKnownToBeThere() {
        boolean[] busy = {false};
        ClockedPool[] own = new ClockedPool[1];
        class Looking extends ForwardingMemory {
            Looking(Memory real) {
                super(real);
            }

            @Override
            public void release(AddressRange range) {
                busy[0] = own[0].pool.arenas().areHandsBusy();
                super.release(range);
            }
        }
        try (ClockedPool clocked = new ClockedPool(config(), Looking::new)) {
            own[0] = clocked;
            keep(clocked, 2);
            clocked.pool.trim(TrimDepth.FULL);
            assertThat(busy[0]).isTrue();
        }
    }

    @Test
    void whatTheSystemDoesNotTakeBackIsNotReportedAsGivenUp() {
        boolean[] refuses = {true};
        class Refusing extends ForwardingMemory {
            Refusing(Memory real) {
                super(real);
            }

            @Override
            public void release(AddressRange range) {
                if (refuses[0]) {
                    throw new MemoryRefusedException("munmap", "the test wants it");
                }
                super.release(range);
            }
        }
        try (ClockedPool clocked = new ClockedPool(config(), Refusing::new)) {
            keep(clocked, 2);
            TrimReport report = clocked.pool.trim(TrimDepth.FULL);
            assertThat(report.askedBytes()).isEqualTo(2 * MIB);
            assertThat(report.advisedBytes()).isZero();
            assertThat(clocked.pool.charge().charged()).isEqualTo(2 * MIB);
            assertThat(clocked.pool.statistics().trims()).isZero();
            refuses[0] = false;
            clocked.tick();
            assertThat(clocked.pool.charge().charged()).isZero();
        }
    }

    @Test
    void underARateNoPoolOfAFamilyAndNoSizeStarvesTheOthers() {
        try (ClockedPool clocked = with(TrimPolicy.workingSet().withMaxRate(2 * MIB));
                BufferPool child = clocked.pool.child("child", ChildLimits.none())) {
            leaveIdle(clocked.pool);
            leaveIdle(child);
            clocked.tick();
            for (int i = 0; i < 12; i++) {
                assertThat(clocked.tick()).isPositive();
            }
            PoolStatistics all = clocked.pool.statistics();
            PoolStatistics ofChild = all.children().getFirst();
            assertThat(ofChild.trimmedBytes()).as("of the child").isGreaterThanOrEqualTo(8 * MIB);
            assertThat(all.trimmedBytes() - ofChild.trimmedBytes()).as("of the parent").isGreaterThanOrEqualTo(8 * MIB);
            assertThat(ofChild.cachedLargeBytes()).as("large").isLessThan(8 * MIB);
            assertThat(free(ofChild, 4096)).as("chunks of 4 KiB").isLessThan(8 * MIB / 4096);
            assertThat(free(ofChild, 65_536)).as("chunks of 64 KiB").isLessThan(8 * MIB / 65_536);
        }
    }

    private static long free(PoolStatistics now, int size) {
        return now.sizeClasses().stream().filter(each -> each.chunkBytes() == size).findFirst().orElseThrow().free();
    }

    /** Of each kind 8 MiB, in slabs that are full of it. */
    private static void leaveIdle(BufferPool pool) {
        for (int size : new int[]{4096, 65_536, 2 << 20}) {
            List<PooledBuffer> held = new ArrayList<>();
            for (long sum = 0; sum < 8 * MIB; sum += size) {
                held.add(pool.acquire(size));
            }
            held.forEach(PooledBuffer::release);
        }
        pool.trimCurrentThread();
    }
}
