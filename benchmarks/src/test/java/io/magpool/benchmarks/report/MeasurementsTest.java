/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.threads.ThreadKind;
import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private final Measurements measurements = Samples.measurements();

    @Test
    void theRatioIsToWhicheverOfNettysTwoIsQuicker() {
        assertThat(measurements.ratioToNetty(Samples.SMALL)).hasValue(9.0 / 12);
        assertThat(measurements.ratioToNetty(Samples.LARGE)).hasValue(9.9 / 66);
    }

    @Test
    void thereIsNoRatioToWhatWasNotMeasured() {
        assertThat(measurements.ratioToFloor(Samples.SMALL)).hasValue(9.0 / 6);
        assertThat(measurements.ratioToFloor(Samples.LARGE)).isEmpty();
        assertThat(measurements.ratioToNetty(Samples.HAND_OFF)).isEmpty();
    }

    @Test
    void theDearestSizeIsComparedWithTheCheapest() {
        assertThat(measurements.dearestToCheapest(ThreadKind.EVENT_LOOP, Row.MAGPOOL).orElseThrow())
                .isCloseTo(1.1, within(1e-9));
        assertThat(measurements.dearestToCheapest(ThreadKind.EVENT_LOOP, Row.FLOOR)).isEmpty();
        assertThat(measurements.dearestToCheapest(ThreadKind.PLAIN, Row.MAGPOOL)).isEmpty();
    }

    @Test
    void theFirstQuartileIgnoresWhatWasDisturbedAndTheSpreadShowsIt() {
        Run run = new Run(Samples.SMALL, Row.MAGPOOL);
        Measurement halfDisturbed = Measurement.of(run, new double[]{30, 9, 10, 40, 50}, new double[]{7, 0, 0});
        Measurement between = Measurement.of(run, new double[]{4, 1, 2, 3}, new double[]{});

        assertThat(halfDisturbed.nanoseconds()).isEqualTo(10);
        assertThat(halfDisturbed.median()).isEqualTo(30);
        assertThat(halfDisturbed.spread()).isCloseTo(3, within(1e-9));
        assertThat(halfDisturbed.heapBytes()).isZero();
        assertThat(between.nanoseconds()).isEqualTo(1.75);
        assertThat(between.upper()).isEqualTo(3.25);
        assertThat(between.heapBytes()).isNaN();
    }
}
