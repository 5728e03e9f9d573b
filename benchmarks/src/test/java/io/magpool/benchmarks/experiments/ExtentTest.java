/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExtentTest {

    @Test
    void aBurstThatFitsIsLeftAlone() {
        Extent extent = new Extent(false, 8L << 30);

        assertThat(extent.burst(1L << 30, 1.5)).isEqualTo(1L << 30);
        assertThat(extent.notices()).isEmpty();
    }

    @Test
    void aBurstThatDoesNotFitIsScaledDownAndThatIsSaid() {
        Extent extent = new Extent(false, 2L << 30);

        assertThat(extent.burst(1L << 30, 1.5)).isEqualTo(256 << 20);
        assertThat(extent.notices()).singleElement().asString().contains("from 1 GiB to 256 MiB", "2 GiB left");
    }

    @Test
    void sizesThatDoNotFitAreLeftOutAndNamed() {
        Extent extent = new Extent(false, 2L << 30);

        assertThat(new WhereDidItGo().steps(extent)).isNotEmpty();
        assertThat(extent.notices()).anySatisfy(notice -> assertThat(notice).contains("2 GiB"));
    }
}
