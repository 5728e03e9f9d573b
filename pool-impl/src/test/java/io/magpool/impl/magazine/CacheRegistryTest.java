/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.Eventually;
import io.magpool.impl.event.Events;
import io.magpool.impl.memory.Barrier;
import io.magpool.impl.slab.SizeClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may do with a thread's cache, and when: on one thread, step by step. */
@ParameterizedClass(name = "stripe {0}")
@ValueSource(booleans = {false, true})
class CacheRegistryTest {

    private static final int CLASS = 3;
    private static final PairLayout LAYOUT = layout();

    private static PairLayout layout() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 4);
        return new PairLayout(capacities);
    }

    @Parameter
    boolean isStripe;

    private final AtomicInteger barriers = new AtomicInteger();
    private final CacheRegistry registry = new CacheRegistry(new Barrier() {
        @Override
        public String name() {
            return "counted";
        }

        @Override
        public void execute() {
            barriers.incrementAndGet();
        }
    }, new Events("told"));
    private final List<Integer> taken = new ArrayList<>();
    private final RoundSink sink = (sizeClass, rounds) -> {
        assertThat(sizeClass).isEqualTo(CLASS);
        Arrays.stream(rounds).forEach(taken::add);
    };

    private ThreadCache cacheWith(Thread owner, int... rounds) {
        ThreadCache cache = isStripe
                ? new Stripe(LAYOUT, 1 << 20, false, SampleRate.NONE)
                : new ThreadCache(owner, LAYOUT, 1 << 20, false, SampleRate.NONE);
        registry.register(cache);
        Magazine magazine = new Magazine(1, 4);
        for (int round : rounds) {
            magazine.push(round);
        }
        cache.load(CLASS, magazine);
        return cache;
    }

    @Test
    void aRevocationTakesAllAndLetsTheOwnerIn() {
        ThreadCache cache = cacheWith(Thread.currentThread(), 1, 2, 3);
        registry.revokeAll(sink);
        assertThat(taken).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(barriers).hasValue(1);
        assertThat(cache.isOpen()).isTrue();
        registry.revokeAll(sink);
        assertThat(taken).hasSize(3);
    }

    @Test
    void oneBarrierServesAllCaches() {
        for (int i = 0; i < 5; i++) {
            cacheWith(Thread.currentThread(), i);
        }
        registry.revokeAll(sink);
        assertThat(taken).hasSize(5);
        assertThat(barriers).hasValue(1);
    }

    @Test
    void anOwnerInsideIsSkipped() {
        ThreadCache cache = cacheWith(Thread.currentThread(), 1, 2);
        assertThat(cache.enter()).isTrue();
        registry.revokeAll(sink);
        assertThat(taken).isEmpty();
        cache.leave();
        registry.revokeAll(sink);
        assertThat(taken).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aCacheIsNotTakenByTwoRevokers() {
        ThreadCache cache = cacheWith(Thread.currentThread(), 1);
        assertThat(cache.announceRevocation()).isTrue();
        registry.revokeAll(sink);
        assertThat(taken).isEmpty();
        cache.undoRevocation();
    }

    @Test
    void closingLocksTheOwnerOutForGood() {
        ThreadCache cache = cacheWith(Thread.currentThread(), 1);
        registry.closeAll(sink);
        assertThat(taken).containsExactly(1);
        assertThat(cache.isOpen()).isFalse();
        assertThat(cache.release(0, 7)).isFalse();
    }

    @Test
    void whatAnOwnerInsideKeepsFromTheCloseIsTakenOnceItIsOutside() {
        ThreadCache cache = cacheWith(Thread.currentThread(), 1, 2);
        assertThat(cache.enter()).isTrue();
        registry.closeAll(sink);
        registry.reapDead(sink);
        assertThat(taken).as("while it is inside").isEmpty();
        cache.leave();
        registry.reapDead(sink);
        assertThat(taken).containsExactlyInAnyOrder(1, 2);
        registry.reapDead(sink);
        assertThat(taken).hasSize(2);
    }

    @Test
    void theDeadAreTakenWhateverTheirGuardSaysAndAreCounted() throws InterruptedException {
        org.junit.jupiter.api.Assumptions.assumeFalse(isStripe, "a stripe has no owner that could die");
        ThreadCache[] cache = new ThreadCache[1];
        Thread owner = Thread.ofPlatform().start(() -> {
            cache[0] = cacheWith(Thread.currentThread(), 1, 2);
            cache[0].countAcquire(CLASS);
            cache[0].enter();
        });
        owner.join();
        registry.reapDead(sink);
        assertThat(taken).containsExactlyInAnyOrder(1, 2);
        assertThat(registry.caches()).isEmpty();
        assertThat(registry.acquires(CLASS)).isEqualTo(1);
        assertThat(registry.exchanges(CLASS)).isEqualTo(1);
        assertThat(cache[0].cached(CLASS)).isZero();
    }

    /** Two reapers have the same list of caches; the second comes to one that the first has retired. */
    @Test
    void theDeadAreTakenByTwoReapersOnce() throws InterruptedException {
        org.junit.jupiter.api.Assumptions.assumeFalse(isStripe, "a stripe has no owner that could die");
        Thread owner = Thread.ofPlatform().start(() -> {
            cacheWith(Thread.currentThread(), 1, 2).countAcquire(CLASS);
            cacheWith(Thread.currentThread(), 3).countAcquire(CLASS);
        });
        owner.join();
        registry.reapDead((sizeClass, rounds) -> {
            sink.accept(sizeClass, rounds);
            registry.reapDead(sink);
        });
        assertThat(taken).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(registry.caches()).isEmpty();
        assertThat(registry.acquires(CLASS)).isEqualTo(2);
    }

    @Test
    void aBarrierThatFailsTakesNothingAndLeavesTheCachesOpen() {
        CacheRegistry broken = new CacheRegistry(new Barrier() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void execute() {
                throw new OutOfMemoryError("the test");
            }
        }, new Events("told"));
        ThreadCache cache = cacheWith(Thread.currentThread(), 1);
        broken.register(cache);
        assertThatThrownBy(() -> broken.revokeAll(sink)).isInstanceOf(OutOfMemoryError.class);
        assertThat(taken).isEmpty();
        assertThat(cache.isOpen()).isTrue();
    }

    @Test
    void countersDoNotFallWhileTheOwnerGoesOn() throws InterruptedException {
        org.junit.jupiter.api.Assumptions.assumeFalse(isStripe, "a stripe is not entered so");
        AtomicReference<ThreadCache> cache = new AtomicReference<>();
        AtomicBoolean done = new AtomicBoolean();
        long[] releases = new long[1];
        Thread owner = Thread.ofPlatform().start(() -> {
            ThreadCache own = cacheWith(Thread.currentThread(), 1, 2, 3, 4);
            cache.set(own);
            while (!done.get()) {
                releases[0] += own.release(CLASS, own.acquire(CLASS)) ? 1 : 0;
                if ((releases[0] & 15) == 0) {
                    Magazine magazine = new Magazine(1, 4);
                    own.unload(CLASS, magazine);
                    own.load(CLASS, magazine);
                }
            }
        });
        Eventually.isTrue("the owner has begun", () -> cache.get() != null);
        long acquired = 0;
        long released = 0;
        for (int i = 0; i < 200_000; i++) {
            long moreReleased = registry.releases(CLASS);
            long moreAcquired = registry.acquires(CLASS);
            assertThat(moreReleased).as("releases").isGreaterThanOrEqualTo(released);
            assertThat(moreAcquired).as("acquires").isGreaterThanOrEqualTo(Math.max(acquired, moreReleased));
            acquired = moreAcquired;
            released = moreReleased;
        }
        done.set(true);
        owner.join();
        assertThat(registry.releases(CLASS)).as("exact in the end").isEqualTo(releases[0]);
        assertThat(registry.acquires(CLASS)).isEqualTo(releases[0]);
    }

    @Test
    void divertingTakesNothing() {
        ThreadCache cache = cacheWith(Thread.currentThread(), 1);
        registry.divertAll();
        assertThat(cache.isOpen()).isFalse();
        registry.undivertAll();
        assertThat(cache.isOpen()).isTrue();
        assertThat(cache.cached(CLASS)).isEqualTo(1);
    }
}
