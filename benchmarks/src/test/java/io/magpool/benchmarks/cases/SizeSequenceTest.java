/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SizeSequenceTest {

    @Test
    void sizesAroundOneStayWithinAnEighthBelowIt() {
        assertThat(drawn(SizeSequence.upTo(1 << 20), 4_096)).contains(1 << 20);
        assertThat(Arrays.stream(drawn(SizeSequence.upTo(1 << 20), 4_096)).boxed())
                .allSatisfy(size -> assertThat(size).isBetween((7 << 17) + 1, 1 << 20));
        assertThat(Arrays.stream(drawn(SizeSequence.upTo(256), 4_096)).boxed())
                .allSatisfy(size -> assertThat(size).isBetween(225, 256));
    }

    @Test
    void sizesAreShuffledAndTheSameEachTime() {
        int[] drawn = drawn(SizeSequence.recorded(), 4_096);

        assertThat(drawn).isNotEqualTo(SizeDistribution.recorded().sample(4_096));
        assertThat(drawn).containsExactlyInAnyOrder(SizeDistribution.recorded().sample(4_096));
        assertThat(drawn).isEqualTo(drawn(SizeSequence.recorded(), 4_096));
    }

    @Test
    void theSequenceStartsAgainAtItsEnd() {
        SizeSequence sizes = SizeSequence.upTo(1_024);

        assertThat(drawn(sizes, 4_096)).isEqualTo(drawn(sizes, 4_096));
    }

    private static int[] drawn(SizeSequence sizes, int count) {
        return IntStream.range(0, count).map(i -> sizes.next()).toArray();
    }
}
