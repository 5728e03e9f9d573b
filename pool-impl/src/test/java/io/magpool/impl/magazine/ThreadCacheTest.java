/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "fenced {0}")
@ValueSource(booleans = {false, true})
class ThreadCacheTest {

    private static final int CLASS = 5;
    private static final int OTHER = 6;
    private static final int CAPACITY = 2;
    private static final long SEED = Long.getLong("magpool.test.seed", System.nanoTime());
    private static final int PAIR_BYTES = 2 * CAPACITY * SizeClasses.bytes(CLASS);

    @Parameter
    boolean fenced;

    private PairLayout layout;
    private ThreadCache cache;

    @BeforeEach
    void createCache() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, CAPACITY);
        layout = new PairLayout(capacities);
        cache = new ThreadCache(Thread.currentThread(), layout, PAIR_BYTES, fenced, SampleRate.NONE);
    }

    private static Magazine magazine(int... rounds) {
        Magazine magazine = new Magazine(1, CAPACITY);
        for (int round : rounds) {
            magazine.push(round);
        }
        return magazine;
    }

    @Test
    void anAcquireThatIsASampleFindsNothingUntilSomebodyAsked() {
        ThreadCache each = new ThreadCache(Thread.currentThread(), layout, PAIR_BYTES, fenced, new SampleRate(1));
        each.load(CLASS, magazine(1, 2));
        assertThat(each.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(each.takeSample(CLASS)).isTrue();
        assertThat(each.takeSample(CLASS)).as("once").isFalse();
        assertThat(each.acquire(CLASS)).isEqualTo(1);
        assertThat(each.acquire(CLASS)).as("the next sample").isEqualTo(ChunkNumber.NONE);
        assertThat(each.acquires(CLASS)).isEqualTo(1);
        assertThat(cache.takeSample(CLASS)).as("where there are no samples").isFalse();
    }

    @Test
    void ofSoManyAcquiresOneIsASample() {
        ThreadCache some = new ThreadCache(Thread.currentThread(), layout, PAIR_BYTES, fenced, new SampleRate(100));
        some.load(CLASS, magazine(1, 2));
        int samples = 0;
        for (int i = 0; i < 100_000; i++) {
            int number = some.acquire(CLASS);
            if (number < 0) {
                assertThat(some.takeSample(CLASS)).isTrue();
                samples++;
                number = some.acquire(CLASS);
            }
            some.release(CLASS, number);
        }
        assertThat(samples).isBetween(800, 1200);
        assertThat(some.acquires(CLASS)).isEqualTo(100_000);
    }

    @Test
    void aSampleThatWasNotTakenInTimeIsNotForgotten() {
        ThreadCache each = new ThreadCache(Thread.currentThread(), layout, PAIR_BYTES, fenced, new SampleRate(1));
        each.countAcquire(CLASS);
        each.countAcquire(CLASS);
        each.load(CLASS, magazine(1));
        assertThat(each.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(each.takeSample(CLASS)).isTrue();
    }

    @Test
    void aClassHasNothingAndNoRoomBeforeItsFirstExchange() {
        assertThat(cache.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(cache.release(CLASS, 1)).isFalse();
        cache.unload(CLASS, magazine());
        assertThat(cache.release(CLASS, 1)).isTrue();
        assertThat(cache.giveUp(CLASS)).containsExactly(1);
        assertThat(cache.release(CLASS, 1)).as("after it was given up").isFalse();
    }

    @Test
    void aClassInUseHasRoomForAPair() {
        cache.unload(CLASS, magazine());
        assertThat(cache.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(cache.acquires(CLASS)).isZero();
        for (int i = 0; i < 2 * CAPACITY; i++) {
            assertThat(cache.release(CLASS, i)).isTrue();
        }
        assertThat(cache.release(CLASS, 99)).as("beyond the pair").isFalse();
        assertThat(cache.releases(CLASS)).isEqualTo(2 * CAPACITY);
        assertThat(cache.cached(CLASS)).isEqualTo(2 * CAPACITY);
        for (int i = 2 * CAPACITY - 1; i >= 0; i--) {
            assertThat(cache.acquire(CLASS)).isEqualTo(i);
        }
        assertThat(cache.acquires(CLASS)).isEqualTo(2 * CAPACITY);
    }

    @Test
    void classesDoNotTouchEachOther() {
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            cache.unload(i, magazine());
            for (int n = 0; n < 2 * CAPACITY; n++) {
                assertThat(cache.release(i, 10 * i + n)).isTrue();
            }
            assertThat(cache.release(i, 0)).isFalse();
        }
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            for (int n = 2 * CAPACITY - 1; n >= 0; n--) {
                assertThat(cache.acquire(i)).isEqualTo(10 * i + n);
            }
            assertThat(cache.acquire(i)).isEqualTo(ChunkNumber.NONE);
        }
    }

    @Test
    void loadMovesAMagazinesRoundsIn() {
        Magazine magazine = magazine(10, 11);
        cache.load(CLASS, magazine);
        assertThat(magazine.isEmpty()).isTrue();
        assertThat(cache.cached(CLASS)).isEqualTo(2);
        assertThat(cache.exchanges()).isEqualTo(1);
        cache.release(CLASS, 20);
        Magazine second = magazine(30, 31);
        cache.load(CLASS, second);
        assertThat(second.count()).as("what does not fit stays").isEqualTo(1);
        assertThat(cache.cached(CLASS)).isEqualTo(4);
    }

    @Test
    void unloadMovesTheOldestRoundsOut() {
        cache.unload(CLASS, magazine());
        for (int i = 0; i < 4; i++) {
            cache.release(CLASS, i);
        }
        Magazine magazine = magazine();
        cache.unload(CLASS, magazine);
        assertThat(magazine.pop()).isEqualTo(1);
        assertThat(magazine.pop()).isEqualTo(0);
        assertThat(cache.acquire(CLASS)).isEqualTo(3);
        assertThat(cache.acquire(CLASS)).isEqualTo(2);
        assertThat(cache.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
    }

    @Test
    void anExchangeLeavesRoomForAsManyOperationsEitherWay() {
        cache.load(CLASS, magazine(1, 2));
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(cache.release(CLASS, 100 + i)).isTrue();
        }
        assertThat(cache.release(CLASS, 0)).isFalse();
        cache.unload(CLASS, magazine());
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(cache.acquire(CLASS)).isNotNegative();
        }
        assertThat(cache.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
    }

    @Test
    void theClassExchangedLongestAgoIsGivenUpFirst() {
        cache.load(CLASS, magazine(1, 2));
        cache.load(OTHER, magazine(2));
        assertThat(cache.overBudget(OTHER)).as("within the budget").isEqualTo(-1);
        cache.load(CLASS, magazine(3, 4));
        cache.load(OTHER, magazine());
        assertThat(cache.overBudget(OTHER)).isEqualTo(CLASS);
        assertThat(cache.overBudget(CLASS)).isEqualTo(OTHER);
        assertThat(cache.giveUp(CLASS)).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(cache.overBudget(OTHER)).as("no other class is left").isEqualTo(-1);
        assertThat(cache.giveUp(OTHER)).containsExactly(2);
        assertThat(cache.giveUp(OTHER)).isEmpty();
        assertThat(cache.overBudget(-1)).isEqualTo(-1);
    }

    @Test
    void aRevokedCacheIsNotItsOwners() {
        cache.load(CLASS, magazine(1, 2));
        assertThat(cache.announceRevocation()).isTrue();
        assertThat(cache.announceRevocation()).as("one revoker at a time").isFalse();
        assertThat(cache.awaitIdle(1)).isTrue();
        assertThat(cache.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(cache.release(CLASS, 9)).isFalse();
        assertThat(cache.giveUp(CLASS)).containsOnly(ChunkNumber.NONE);
        assertThat(cache.isOpen()).isFalse();
        Magazine rejected = magazine(3);
        cache.load(CLASS, rejected);
        assertThat(rejected.count()).isEqualTo(1);
        Magazine empty = magazine();
        cache.unload(CLASS, empty);
        assertThat(empty.isEmpty()).isTrue();
        int[][] drained = cache.drain();
        assertThat(drained).hasNumberOfRows(SizeClasses.COUNT);
        assertThat(drained[CLASS]).containsExactlyInAnyOrder(1, 2);
        assertThat(drained[OTHER]).isEmpty();
        cache.undoRevocation();
        assertThat(cache.isOpen()).isTrue();
        assertThat(cache.cached(CLASS)).isZero();
    }

    @Test
    void aDivertedCacheKeepsWhatItHas() {
        cache.load(CLASS, magazine(1, 2));
        cache.divert();
        assertThat(cache.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(cache.release(CLASS, 9)).isFalse();
        assertThat(cache.announceRevocation()).as("it can be revoked too").isTrue();
        cache.undoRevocation();
        assertThat(cache.isOpen()).as("still diverted").isFalse();
        cache.undivert();
        assertThat(cache.acquire(CLASS)).isEqualTo(1);
    }

    @Test
    void aClosedCacheStaysClosedToItsOwnerButCanBeDrainedAgain() {
        cache.load(CLASS, magazine(1, 2));
        cache.announceRevocationAtLast();
        cache.closeForGood();
        cache.undivert();
        assertThat(cache.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(cache.announceRevocation()).isTrue();
        assertThat(cache.drain()[CLASS]).hasSize(2);
        cache.undoRevocation();
        assertThat(cache.isOpen()).isFalse();
    }

    @Test
    void aRetiredCacheHoldsNothing() {
        cache.load(CLASS, magazine(1, 2));
        cache.announceRevocationAtLast();
        assertThat(cache.drain()[CLASS]).hasSize(2);
        cache.retire();
        cache.closeForGood();
        assertThat(cache.cached(CLASS)).isZero();
        assertThat(cache.isOwnerDead()).isTrue();
        assertThat(cache.giveUp(CLASS)).isEmpty();
    }

    @Test
    void whatGoesPastTheCacheIsCountedToo() {
        assertThat(cache.countAcquire(CLASS)).as("before anything is granted").isTrue();
        cache.load(CLASS, magazine(1, 2));
        assertThat(cache.countAcquire(CLASS)).isTrue();
        assertThat(cache.acquires(CLASS)).isEqualTo(2);
        assertThat(cache.releases(CLASS)).isZero();
        assertThat(cache.acquires(OTHER)).isZero();
        cache.divert();
        assertThat(cache.countAcquire(CLASS)).as("of a diverted cache").isFalse();
        assertThat(cache.acquires(CLASS)).isEqualTo(2);
    }

    @Test
    void exchangesAreNoReleasesAndNoAcquires() {
        Random random = new Random(SEED);
        long acquires = 0;
        long releases = 0;
        for (int i = 0; i < 10_000; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> acquires += cache.acquire(CLASS) >= 0 ? 1 : 0;
                case 2, 3 -> releases += cache.release(CLASS, i) ? 1 : 0;
                case 4 -> cache.load(CLASS, magazine(random.ints(random.nextInt(CAPACITY + 1), 0, 9).toArray()));
                default -> exchangeOrEmpty(random);
            }
            assertThat(cache.acquires(CLASS)).as("seed %d, step %d", SEED, i).isEqualTo(acquires);
            assertThat(cache.releases(CLASS)).as("seed %d, step %d", SEED, i).isEqualTo(releases);
        }
        cache.announceRevocationAtLast();
        cache.drain();
        cache.retire();
        cache.closeForGood();
        assertThat(cache.acquires(CLASS)).as("of a retired cache").isEqualTo(acquires);
        assertThat(cache.releases(CLASS)).as("of a retired cache").isEqualTo(releases);
    }

    private void exchangeOrEmpty(Random random) {
        if (random.nextBoolean()) {
            cache.unload(CLASS, magazine());
        } else {
            cache.giveUp(CLASS);
        }
    }

    @Test
    void aSampleThatCameToNothingIsTheNextOne() {
        ThreadCache each = new ThreadCache(Thread.currentThread(), layout, PAIR_BYTES, fenced, new SampleRate(1 << 20));
        each.load(CLASS, magazine(1, 2));
        while (!each.takeSample(CLASS)) {
            each.countAcquire(CLASS);
        }
        long before = each.acquires(CLASS);
        each.returnSample(CLASS);
        assertThat(each.acquire(CLASS)).isEqualTo(ChunkNumber.NONE);
        assertThat(each.acquires(CLASS)).isEqualTo(before);
        assertThat(each.releases(CLASS)).isZero();
        assertThat(each.takeSample(CLASS)).isTrue();
    }

    /** Who is not counted draws for himself: were the cache to draw as well, there would be twice as many samples. */
    @Test
    void aDivertedCacheHasNoSamples() {
        ThreadCache each = new ThreadCache(Thread.currentThread(), layout, PAIR_BYTES, fenced, new SampleRate(1));
        each.divert();
        assertThat(each.takeSample(CLASS)).isFalse();
        assertThat(each.countAcquire(CLASS)).isFalse();
        each.undivert();
        assertThat(each.takeSample(CLASS)).isTrue();
    }

    @Test
    void eachClassHasSamplesOfItsOwn() {
        ThreadCache each = new ThreadCache(Thread.currentThread(), layout, PAIR_BYTES, fenced, new SampleRate(1));
        assertThat(each.takeSample(CLASS)).isTrue();
        assertThat(each.takeSample(OTHER)).isTrue();
        assertThat(each.takeSample(OTHER)).isFalse();
    }

    @Test
    void theOwnersDeathIsSeen() throws InterruptedException {
        Thread brief = Thread.ofPlatform().start(() -> {});
        brief.join();
        assertThat(new ThreadCache(brief, layout, 0, fenced, SampleRate.NONE).isOwnerDead()).isTrue();
        assertThat(cache.isOwnerDead()).isFalse();
    }
}
