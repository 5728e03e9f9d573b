/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.PageRuns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlabTest {

    private static final int PAGE = 4096;

    private final CountingMemory memory = new CountingMemory(12, Slab.BYTES * 4);
    private final Regions regions = new Regions(memory, Slab.BYTES * 4);
    private final Charge charge = new Charge(64L << 20);

    private Slab slabOf(int bytes) {
        return Slab.carve(regions, memory, 0, SizeClasses.indexFor(bytes));
    }

    private List<Integer> take(Slab slab, int atMost) {
        List<Integer> places = new ArrayList<>();
        int taken = slab.take(atMost, charge, number -> {
            assertThat(ChunkNumber.slab(number)).isEqualTo(slab.number());
            places.add(ChunkNumber.place(number));
        });
        assertThat(places).hasSize(taken);
        return places;
    }

    @Test
    void eachClassHasAsManyChunksAsFit() {
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            CountingMemory own = new CountingMemory(12, Slab.BYTES);
            Slab slab = Slab.carve(new Regions(own, Slab.BYTES), own, 3, i);
            assertThat(slab.count()).isEqualTo((int) (Slab.BYTES / SizeClasses.bytes(i)));
            assertThat(slab.sizeClass()).isEqualTo(i);
            assertThat(slab.chunkBytes()).isEqualTo(SizeClasses.bytes(i));
            assertThat(slab.arena()).isEqualTo(3);
            assertThat(take(slab, slab.count() + 1)).hasSize(slab.count()).doesNotHaveDuplicates();
            long used = (long) slab.count() * slab.chunkBytes();
            assertThat(slab.backedBytes()).isEqualTo(Math.ceilDiv(used, PAGE) * PAGE);
            assertThat(charge.charged()).as("the tail is never charged").isEqualTo(slab.backedBytes());
            charge.subtract(slab.backedBytes());
            assertThat(slab.piece(memory, slab.count() - 1).address() + slab.chunkBytes())
                    .isLessThanOrEqualTo(slab.address() + Slab.BYTES);
        }
    }

    @Test
    void aSlabIsForgottenOnceHoweverOftenThatIsTried() {
        Slab other = slabOf(4096);
        take(other, 5);
        Slab slab = slabOf(4096);
        take(slab, 7);
        slab.forget(charge);
        slab.forget(charge);
        assertThat(charge.charged()).as("the other's").isEqualTo(5 * PAGE);
    }

    @Test
    void aPageIsChargedOnceForAllItsChunks() {
        Slab slab = slabOf(1024);
        take(slab, 1);
        assertThat(charge.charged()).isEqualTo(PAGE);
        take(slab, 3);
        assertThat(charge.charged()).isEqualTo(PAGE);
        take(slab, 1);
        assertThat(charge.charged()).isEqualTo(2 * PAGE);
        slab.put(0);
        assertThat(charge.charged()).as("a free chunk's page is still there").isEqualTo(2 * PAGE);
        assertThat(slab.countFree(true)).as("the one put back and those beside the fifth").isEqualTo(4);
        assertThat(slab.countFree(false)).isEqualTo(slab.count() - 8);
    }

    @Test
    void aChunkThatStraddlesPagesIsChargedForAllOfThem() {
        Slab slab = slabOf(5120);
        take(slab, 1);
        assertThat(charge.charged()).isEqualTo(2 * PAGE);
        take(slab, 1);
        assertThat(charge.charged()).isEqualTo(3 * PAGE);
    }

    @Test
    void theChargeBoundsWhatIsTakenAndChunksOfBackedPagesAreStillGiven() {
        Charge tight = new Charge(2 * PAGE);
        Slab slab = slabOf(2048);
        assertThat(slab.take(100, tight, number -> {})).isEqualTo(4);
        assertThat(tight.charged()).isEqualTo(2 * PAGE);
        slab.put(1);
        slab.put(3);
        assertThat(slab.take(100, tight, number -> {})).isEqualTo(2);
        assertThat(slab.take(100, tight, number -> {})).isZero();
    }

    @Test
    void aFullSlabIsListedByTheFirstReturnAndOnlyByThat() {
        Slab slab = slabOf(1 << 19);
        take(slab, 4);
        assertThat(slab.letGo()).as("nothing to list").isFalse();
        assertThat(slab.put(2)).isTrue();
        assertThat(slab.put(0)).isFalse();
        slab.hold();
        assertThat(take(slab, 4)).containsExactly(0, 2);
        slab.put(1);
        assertThat(slab.letGo()).as("its hand lists a slab with free chunks").isTrue();
    }

    @Test
    void ofHandAndReturnsExactlyOneListsASlab() throws InterruptedException {
        for (int round = 0; round < 2000; round++) {
            Slab slab = slabOf(1 << 20);
            take(slab, 2);
            AtomicInteger listings = new AtomicInteger();
            Thread returning = Thread.ofPlatform().start(() -> {
                listings.addAndGet(slab.put(0) ? 1 : 0);
                listings.addAndGet(slab.put(1) ? 1 : 0);
            });
            listings.addAndGet(slab.letGo() ? 1 : 0);
            returning.join();
            assertThat(listings).as("round %d", round).hasValue(1);
            slab.hold();
            slab.retire(regions, charge);
        }
        assertThat(charge.charged()).isZero();
    }

    @Test
    void anEmptySlabGoesBackWithItsCharge() {
        Slab slab = slabOf(65_536);
        take(slab, 5).forEach(slab::put);
        assertThat(slab.isEmpty()).isTrue();
        assertThat(charge.charged()).isEqualTo(5 * 65_536);
        slab.retire(regions, charge);
        assertThat(slab.isRetired()).isTrue();
        assertThat(charge.charged()).isZero();
        assertThat(memory.committed).isZero();
    }

    @Test
    void purgeDropsPagesThatOnlyFreeChunksCover() {
        Slab slab = slabOf(6144); // two chunks on three pages
        take(slab, 6);
        assertThat(charge.charged()).isEqualTo(9 * PAGE);
        for (int place : new int[]{0, 1, 3}) {
            slab.put(place);
        }
        List<Integer> purged = new ArrayList<>();
        assertThat(slab.purge(memory, charge, purged::add)).isEqualTo(4 * PAGE);
        assertThat(purged).as("chunks without pages").containsExactly(0, 1);
        assertThat(memory.purges).containsExactly(3L * PAGE, 1L * PAGE);
        assertThat(charge.charged()).isEqualTo(5 * PAGE);
        assertThat(slab.backedBytes()).isEqualTo(5 * PAGE);
        assertThat(slab.countFree(true)).isZero();
        assertThat(slab.countFree(false)).isEqualTo(slab.count() - 3);
        assertThat(slab.purge(memory, charge, purged::add)).as("nothing left to purge").isZero();
        assertThat(take(slab, 2)).containsExactly(0, 1);
        assertThat(charge.charged()).isEqualTo(8 * PAGE);
    }

    private Purge newPurge(Memory memory, long budget) {
        return new Purge(memory, charge, budget, budget, Long.MAX_VALUE, false);
    }

    @Test
    void aPurgeUnderARateEndsWithThePieceThatUsesItUp() {
        Slab slab = slabOf(6144);
        take(slab, 8).forEach(slab::put);
        Purge purge = new Purge(memory, charge, 12 * PAGE, 12 * PAGE, PAGE + 1, false);
        slab.purge(purge, place -> {});
        assertThat(purge.advisedBytes()).isEqualTo(2 * PAGE);
        assertThat(purge.isAnythingLeft()).isFalse();
        assertThat(purge.allows(PAGE)).isFalse();
        assertThat(purge.leftBytes()).as("of the budget").isEqualTo(10 * PAGE);
        slab.purge(purge, place -> {});
        assertThat(purge.advisedBytes()).isEqualTo(2 * PAGE);
    }

    @Test
    void aPurgeKeepsToItsBudget() {
        Slab slab = slabOf(6144);
        take(slab, 8).forEach(slab::put);
        assertThat(slab.reclaimableBytes()).isEqualTo(12 * PAGE);
        List<Integer> purged = new ArrayList<>();
        Purge purge = newPurge(memory, 5L * PAGE + 1);
        slab.purge(purge, purged::add);
        assertThat(purge.advisedBytes()).isEqualTo(5 * PAGE);
        assertThat(purge.leftBytes()).isEqualTo(1);
        assertThat(purge.runs()).isEqualTo(1);
        assertThat(purge.goneBytes()).as("was not measured").isEmpty();
        assertThat(purged).as("the fourth has a page left").containsExactly(0, 1, 2);
        assertThat(slab.reclaimableBytes()).isEqualTo(7 * PAGE);
        slab.purge(newPurge(memory, PAGE - 1L), purged::add);
        assertThat(slab.reclaimableBytes()).isEqualTo(7 * PAGE);
        assertThat(charge.charged()).isEqualTo(7 * PAGE);
        assertThat(slab.isEmpty()).isTrue();
    }

    @Test
    void theRunsOfASlabGoByAsFewCallsAsTheSystemNeeds() {
        CountingMemory threeAtATime = new CountingMemory(12, Slab.BYTES) {
            @Override
            public int purge(PageRuns runs, int from) {
                int end = Math.min(from + 3, runs.count());
                for (int run = from; run < end; run++) {
                    purge(runs.address(run), runs.bytes(run));
                }
                return end - from;
            }
        };
        Slab slab = Slab.carve(new Regions(threeAtATime, Slab.BYTES), threeAtATime, 0, SizeClasses.indexFor(PAGE));
        take(slab, 14).stream().filter(place -> place % 2 == 0).forEach(slab::put);
        List<Integer> purged = new ArrayList<>();
        Purge purge = newPurge(threeAtATime, Long.MAX_VALUE);
        slab.purge(purge, purged::add);
        assertThat(purged).containsExactly(0, 2, 4, 6, 8, 10, 12);
        assertThat(threeAtATime.purges).hasSize(7).containsOnly((long) PAGE);
        assertThat(purge.runs()).isEqualTo(7);
        assertThat(purge.calls()).as("three, three, one").isEqualTo(3);
        assertThat(charge.charged()).isEqualTo(7 * PAGE);
    }

    @Test
    void whatWentBeforeTheSystemRefusedIsGoneAndTheRestIsAsItWas() {
        CountingMemory refusing = new CountingMemory(12, Slab.BYTES) {
            @Override
            public int purge(PageRuns runs, int from) {
                if (from == 2) {
                    throw new MemoryRefusedException("a purge", "the test wants it");
                }
                return super.purge(runs, from);
            }
        };
        Slab slab = Slab.carve(new Regions(refusing, Slab.BYTES), refusing, 0, SizeClasses.indexFor(PAGE));
        take(slab, 14).stream().filter(place -> place % 2 == 0).forEach(slab::put);
        Purge purge = newPurge(refusing, 6 * PAGE);
        assertThatThrownBy(() -> slab.purge(purge, place -> {})).isInstanceOf(MemoryRefusedException.class);
        assertThat(charge.charged()).isEqualTo(12 * PAGE);
        assertThat(slab.backedBytes()).isEqualTo(12 * PAGE);
        assertThat(purge.advisedBytes()).isEqualTo(2 * PAGE);
        assertThat(purge.leftBytes()).as("what was planned and did not go is not spent").isEqualTo(4 * PAGE);
        assertThat(slab.reclaimableBytes()).isEqualTo(5 * PAGE);
    }

    @Test
    void pagesWithTheirFirstOwnerAreToldInRuns() {
        Slab slab = slabOf(6144);
        take(slab, 6).stream().filter(place -> place < 2).forEach(slab::put);
        slab.purge(memory, charge, place -> {});
        PageRuns fresh = new PageRuns();
        assertThat(slab.take(4, charge, number -> {}, fresh)).isEqualTo(4);
        List<Long> populated = new ArrayList<>();
        fresh.populate(new CountingMemory(12, Slab.BYTES) {
            @Override
            public void populate(long address, long bytes) {
                populated.add((address - slab.address()) / PAGE);
                populated.add(bytes / PAGE);
            }
        });
        assertThat(populated).as("chunks 0 and 1, then 6 and 7").containsExactly(0L, 3L, 9L, 3L);
    }

    @Test
    void memoryThatCanNotPurgeIsLeftAlone() {
        CountingMemory portable = new CountingMemory(21, Slab.BYTES);
        Slab slab = Slab.carve(new Regions(portable, Slab.BYTES), portable, 0, 0);
        take(slab, 1);
        assertThat(charge.charged()).as("the grain is the slab").isEqualTo(Slab.BYTES);
        slab.put(0);
        assertThat(slab.purge(portable, charge, place -> {})).isZero();
        assertThat(portable.purges).isEmpty();
        assertThat(slab.countFree(true)).isEqualTo(slab.count());
    }

    @Test
    void aPagesChargeIsExactAfterAnyHistory() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            CountingMemory own = new CountingMemory(12, Slab.BYTES);
            Slab slab = Slab.carve(new Regions(own, Slab.BYTES), own, 0, random.nextInt(SizeClasses.COUNT));
            long before = charge.charged();
            HashSet<Integer> held = new HashSet<>();
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        for (int place : take(slab, 1 + random.nextInt(64))) {
                            assertThat(held.add(place)).as("taken twice, seed %d", seed).isTrue();
                        }
                    }
                    case 2 -> held.removeIf(place -> random.nextBoolean() && returned(slab, place));
                    default -> slab.purge(own, charge, place -> {});
                }
                assertThat(charge.charged() - before).as("seed %d", seed).isEqualTo(slab.backedBytes());
                assertThat(slab.countFree(true) + slab.countFree(false) + held.size()).isEqualTo(slab.count());
            }
            held.forEach(slab::put);
            assertThat(slab.isEmpty()).isTrue();
            slab.purge(own, charge, place -> {});
            assertThat(slab.backedBytes()).as("seed %d", seed).isZero();
        }
    }

    private static boolean returned(Slab slab, int place) {
        slab.put(place);
        return true;
    }
}
