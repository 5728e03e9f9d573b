/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void aLinearAxisEndsAtARoundNumberThatHoldsTheLargestValue() {
        Axis axis = Axis.linear(87, "%");

        assertThat(axis.most()).isEqualTo(100);
        assertThat(axis.ticks().getLast()).isEqualTo(new Axis.Tick(100, "100%"));
        assertThat(axis.pixel(50, 0, 200)).isEqualTo(100);
    }

    @Test
    void whatIsBeyondTheEndIsDrawnAtTheEnd() {
        assertThat(Axis.linear(100, "").pixel(150, 300, 100)).isEqualTo(100);
    }

    @Test
    void bytesHaveEqualLengthsForEqualFactors() {
        Axis axis = Axis.bytes(64, 64 << 6);

        assertThat(axis.pixel(512, 0, 100)).isCloseTo(50, within(1e-6));
        assertThat(axis.ticks()).extracting(Axis.Tick::label).containsExactly("64", "512", "4K");
    }

    @Test
    void powersOfTenHoldBothEnds() {
        Axis axis = Axis.powersOfTen(64, 1_024, "");

        assertThat(axis.least()).isCloseTo(10, within(1e-9));
        assertThat(axis.most()).isCloseTo(10_000, within(1e-6));
        assertThat(axis.ticks()).extracting(Axis.Tick::label).containsExactly("10", "100", "1,000", "10,000");
    }

    @Test
    void smallNumbersKeepTheirDigits() {
        assertThat(Axis.linear(1, "").ticks()).extracting(Axis.Tick::label).containsExactly("0", "0.2", "0.4", "0.6",
                "0.8", "1");
    }
}
