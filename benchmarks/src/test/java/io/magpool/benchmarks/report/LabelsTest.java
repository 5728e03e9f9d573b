/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void noneIsLowerThanAllowed() {
        assertThat(Labels.spread(new double[]{98, 100, 100, 20}, 10, 100)).containsExactly(80, 90, 100, 20);
    }

    @Test
    void labelsThatDoNotMeetStayWhereTheyAre() {
        assertThat(Labels.spread(new double[]{50, 10, 30}, 16)).containsExactly(50, 10, 30);
    }

    @Test
    void labelsThatMeetArePushedApartEvenly() {
        assertThat(Labels.spread(new double[]{100, 100}, 10)).containsExactlyInAnyOrder(95, 105);
    }

    @Test
    void aPushedLabelPushesItsNeighbour() {
        assertThat(Labels.spread(new double[]{88, 100, 100}, 10)).containsExactly(86, 96, 106);
    }

    @Test
    void noLabelsOverlapWhateverTheWishes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            double[] places = Labels.spread(random.doubles(1 + random.nextInt(8), 0, 100).toArray(), 16);
            Arrays.sort(places);
            for (int i = 1; i < places.length; i++) {
                assertThat(places[i] - places[i - 1]).as("seed %d", seed).isGreaterThan(16 - 1e-6);
            }
        }
    }
}
