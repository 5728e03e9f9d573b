/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistical, with bounds of ten standard deviations and more: chance makes none of these fail. */
@Tag("core")
class SampleRateTest {

    private static final int DISTANCE = 100;
    private static final int SAMPLES = 100_000;

    /** One whose first samples, at short distances, are over. */
    private static SampleRate settled() {
        SampleRate rate = new SampleRate(DISTANCE);
        IntStream.range(0, 32).forEach(i -> rate.next());
        return rate;
    }

    @Test
    void noneNeverPicks() {
        assertThat(SampleRate.NONE.isAny()).isFalse();
        assertThat(SampleRate.NONE.first()).isEqualTo(Long.MAX_VALUE);
        assertThat(IntStream.range(0, SAMPLES).anyMatch(i -> SampleRate.NONE.picks())).isFalse();
    }

    @Test
    void oneInOneIsEveryOne() {
        SampleRate every = new SampleRate(1);
        assertThat(every.first()).isZero();
        assertThat(IntStream.range(0, 100)).allMatch(i -> every.next() == 1 && every.picks());
    }

    @Test
    void distancesAreGeometric() {
        SampleRate rate = settled();
        List<Long> drawn = Stream.generate(rate::next).limit(SAMPLES).toList();
        assertThat(drawn).allMatch(distance -> distance >= 1);
        assertThat(drawn.stream().mapToLong(Long::longValue).average().orElseThrow()).as("mean")
                .isCloseTo(DISTANCE, Percentage.withPercentage(4));
        long beyond = drawn.stream().filter(distance -> distance > DISTANCE).count();
        assertThat((double) beyond / SAMPLES)
                .as("beyond the mean: (1 - 1/100)^100")
                .isCloseTo(0.366, Percentage.withPercentage(5));
    }

    /** A thread that acquires once and ends is as likely to have a sample as any other acquisition. */
    @Test
    void theFirstAcquireIsASampleAsOftenAsAnyOther() {
        SampleRate rate = settled();
        double atOnce = IntStream.range(0, SAMPLES).filter(i -> rate.first() == 0).count();
        assertThat(atOnce / SAMPLES).isCloseTo(1.0 / DISTANCE, Percentage.withPercentage(32));
    }

    @Test
    void acquisitionsThatNoCacheCountsArePickedAsOften() {
        SampleRate rate = settled();
        double picked = IntStream.range(0, SAMPLES).filter(i -> rate.picks()).count();
        assertThat(picked / SAMPLES).isCloseTo(1.0 / DISTANCE, Percentage.withPercentage(32));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1_000, 1 << 20, Integer.MAX_VALUE})
    void theFirstSamplesComeAtShortDistances(int distance) {
        for (int round = 0; round < 100; round++) {
            SampleRate rate = new SampleRate(distance);
            assertThat(rate.first()).isZero();
            assertThat(rate.next()).as("one in two").isLessThan(1_000);
            assertThat(rate.next()).as("one in four").isLessThan(2_000);
        }
    }

    @Test
    void refusedOnesDoNotMoveTheWarmUpOn() {
        SampleRate rate = new SampleRate(Integer.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            rate.first();
        }
        assertThat(rate.picks()).as("the first one still").isTrue();
    }
}
