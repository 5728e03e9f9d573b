/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PairCountersTest {

    private static final int CLASS = 7;

    private final PairLayout layout = newLayout();
    private final int at = PairLayout.headAt(CLASS);
    private final long[] pairs = layout.newPairs();

    private static PairLayout newLayout() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 2);
        return new PairLayout(capacities);
    }

    @Test
    void whereThereAreNoSamplesMoreIsGrantedLongBeforeItIsNeeded() {
        PairCounters counters = new PairCounters(layout, SampleRate.NONE);
        assertThat(counters.takeSample(CLASS, pairs)).isFalse();
        assertThat(PairHead.left(pairs[at])).isZero();
        counters.grantUnlessSampling(CLASS, pairs);
        assertThat(PairHead.left(pairs[at])).isEqualTo(Integer.MAX_VALUE);
        long acquires = 0;
        for (int round = 0; round < 5; round++) {
            pairs[at] -= 2_000_000_000 * PairHead.ONE_LEFT;
            acquires += 2_000_000_000;
            assertThat(counters.acquires(CLASS, pairs)).isEqualTo(acquires);
            counters.grantUnlessSampling(CLASS, pairs);
            assertThat(counters.acquires(CLASS, pairs)).isEqualTo(acquires);
            assertThat(PairHead.left(pairs[at])).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void aDistanceTooLongForTheWordIsGrantedPieceByPiece() {
        PairCounters counters = new PairCounters(layout, settled(Integer.MAX_VALUE));
        long acquires = 0;
        int pieces = 0;
        while (!counters.takeSample(CLASS, pairs) || acquires == 0) {
            acquires += PairHead.left(pairs[at]);
            pairs[at] -= PairHead.left(pairs[at]) * PairHead.ONE_LEFT;
            pieces++;
            assertThat(counters.acquires(CLASS, pairs)).isEqualTo(acquires);
            assertThat(pieces).as("of two billion each").isLessThan(100);
        }
    }

    private static SampleRate settled(int distance) {
        SampleRate rate = new SampleRate(distance);
        for (int i = 0; i < Integer.SIZE; i++) {
            rate.next();
        }
        return rate;
    }

    /** Who reads sees a step as one, or too few where the owner is stopped in the middle: what was granted is never counted as acquired. */
    @Test
    void aReaderSeesNoStepAsAcquires() throws InterruptedException {
        PairCounters counters = new PairCounters(layout, SampleRate.NONE);
        AtomicBoolean done = new AtomicBoolean();
        Thread owner = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                counters.grantUnlessSampling(CLASS, pairs);
                counters.withdraw(CLASS, pairs);
            }
        });
        try {
            for (int i = 0; i < 200_000; i++) {
                assertThat(counters.acquires(CLASS, pairs)).isNotPositive();
            }
        } finally {
            done.set(true);
            owner.join();
        }
    }
}
