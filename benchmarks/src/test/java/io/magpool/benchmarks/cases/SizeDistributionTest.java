/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SizeDistributionTest {

    private static final SizeDistribution RECORDED = SizeDistribution.recorded();

    @Test
    void theRecordedSizesAreThoseThatWerePublished() {
        assertThat(RECORDED.count()).isEqualTo(87_759);
        assertThat(RECORDED.quantile(0.5)).isEqualTo(637);
        assertThat(RECORDED.quantile(0.9)).isEqualTo(16_639);
        assertThat(RECORDED.quantile(0)).isEqualTo(9);
    }

    @Test
    void aSampleHasTheMeanOfTheRecording() {
        assertThat(Arrays.stream(RECORDED.sample(4_096)).average().orElseThrow()).isCloseTo(2_534, within(25.0));
    }

    @Test
    void aSampleHoldsEachSizeAsOftenAsItIsAskedFor() {
        SizeDistribution sizes = SizeDistribution.of(Map.of(10, 1L, 20, 2L, 30, 1L));

        assertThat(sizes.sample(8)).containsExactly(10, 10, 20, 20, 20, 20, 30, 30);
    }

    @Test
    void linesMayComeInAnyOrderAndRepeat() throws IOException {
        SizeDistribution sizes = SizeDistribution.read(new StringReader("size,count\n20,1\n10,1\n20,2\n"));

        assertThat(sizes.count()).isEqualTo(4);
        assertThat(sizes.sample(4)).containsExactly(10, 20, 20, 20);
    }

    @Test
    void aFileThatHoldsSomethingElseIsRefused() {
        assertThatThrownBy(() -> SizeDistribution.read(new StringReader("a,b\n1,2\n")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a,b");
        assertThatThrownBy(() -> SizeDistribution.read(new StringReader("size,count\n")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
