/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizesTest {

    @Test
    void sizesHaveTheLargestUnitThatFits() {
        assertThat(Sizes.words(256)).isEqualTo("256 B");
        assertThat(Sizes.words(16 << 10)).isEqualTo("16 KiB");
        assertThat(Sizes.words((2L << 30) - 4_096)).isEqualTo("2 GiB");
        assertThat(Sizes.words(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(Sizes.shortest(2 << 10)).isEqualTo("2K");
        assertThat(Sizes.shortest(64)).isEqualTo("64");
    }

    @Test
    void columnsHaveMebibytesAndPerCent() {
        assertThat(Sizes.mebibytes(1_500L << 20)).isEqualTo("1,500");
        assertThat(Sizes.mebibytes(1 << 19)).isEqualTo("0.5");
        assertThat(Sizes.percent(0.034)).isEqualTo("3.4%");
        assertThat(Sizes.percent(0.56)).isEqualTo("56%");
        assertThat(Sizes.percent(Double.NaN)).isEqualTo("-");
    }
}
