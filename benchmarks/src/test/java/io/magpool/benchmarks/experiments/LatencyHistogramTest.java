/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void percentilesAreAtMostAThirtySecondPartTooLarge() {
        for (long value = 1; value <= 100_000; value++) {
            histogram.add(value);
        }

        for (double share : new double[]{0.0001, 0.01, 0.5, 0.99, 0.999, 1}) {
            double exact = Math.max(1, share * 100_000);
            assertThat((double) histogram.percentile(share)).isBetween(exact, exact * 33 / 32 + 1);
        }
    }

    @Test
    void theLargestIsExact() {
        histogram.add(5);
        histogram.add(1_234_567);

        assertThat(histogram.percentile(1)).isEqualTo(1_234_567);
        assertThat(histogram.percentile(0.5)).isEqualTo(5);
        assertThat(histogram.most()).isEqualTo(1_234_567);
        assertThat(histogram.count()).isEqualTo(2);
    }

    @Test
    void everyTimeHasABucket() {
        histogram.add(Long.MAX_VALUE);
        histogram.add(-1);

        assertThat(histogram.percentile(0.1)).isZero();
        assertThat(histogram.percentile(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThat(histogram.percentile(0.5)).isZero();
    }
}
