/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanIntervalTest {

    @Test
    void theIntervalIsStudents() {
        MeanInterval interval = MeanInterval.of(9, 10, 11);

        assertThat(interval.mean()).isEqualTo(10);
        assertThat(interval.half()).isCloseTo(4.303 / Math.sqrt(3), within(1e-9));
    }

    @Test
    void aSingleValueHasNoInterval() {
        assertThat(MeanInterval.of(7).mean()).isEqualTo(7);
        assertThat(MeanInterval.of(7).half()).isNaN();
    }

    @Test
    void noValueHasNoMean() {
        assertThatThrownBy(MeanInterval::of).hasMessage("no values: must be one or more");
    }
}
