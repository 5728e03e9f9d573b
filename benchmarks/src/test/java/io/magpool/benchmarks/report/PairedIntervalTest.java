/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedIntervalTest {

    @Test
    void pairsThatAllDifferAlikeLeaveNoDoubt() {
        PairedInterval interval = PairedInterval.of(new double[]{10, 20, 40}, new double[]{11, 22, 44});

        assertThat(interval.ratio()).isCloseTo(1.1, within(1e-9));
        assertThat(interval.low()).isCloseTo(1.1, within(1e-6));
        assertThat(interval.verdict()).isEqualTo("slower");
    }

    @Test
    void theIntervalIsStudents() {
        // Logarithms of the ratios 0, 0.1 and 0.2: mean 0.1, standard error 0.1 / sqrt(3), quantile 4.303
        double half = 4.303 * 0.1 / Math.sqrt(3);
        PairedInterval interval =
                PairedInterval.of(new double[]{1, 1, 1}, new double[]{1, Math.exp(0.1), Math.exp(0.2)});

        assertThat(interval.ratio()).isCloseTo(Math.exp(0.1), within(1e-9));
        assertThat(interval.low()).isCloseTo(Math.exp(0.1 - half), within(1e-9));
        assertThat(interval.high()).isCloseTo(Math.exp(0.1 + half), within(1e-9));
        assertThat(interval.verdict()).isEqualTo("no difference shown");
    }

    @Test
    void lessIsFaster() {
        assertThat(PairedInterval.of(new double[]{10, 10.1}, new double[]{5, 5.05}).verdict()).isEqualTo("faster");
    }

    @Test
    void onePairIsNotEnough() {
        assertThatThrownBy(() -> PairedInterval.of(new double[]{1}, new double[]{1})).hasMessageContaining("two pairs");
    }
}
