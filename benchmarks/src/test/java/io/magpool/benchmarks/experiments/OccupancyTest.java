/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OccupancyTest {

    @Test
    void aPageStaysIfAnyOfItsBuffersSurvives() {
        assertThat(Occupancy.ofPages(256, 0.05)).isCloseTo(0.56, within(0.005));
        assertThat(Occupancy.ofPages(4_096, 0.05)).isCloseTo(0.05, within(1e-9));
        assertThat(Occupancy.ofPages(256 << 10, 0.05)).isCloseTo(0.05, within(1e-9));
        assertThat(Occupancy.ofPages(256, 0)).isZero();
        assertThat(Occupancy.ofPages(256, 1)).isEqualTo(1);
    }
}
