/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The rule by which a soak calls memory flat. */
class LevelTest {

    private static final int READINGS = 1800;

    @Test
    void whatStaysIsFlatWhateverTheNoise() {
        SplittableRandom random = new SplittableRandom(1);
        long[] noisy = LongStream.range(0, READINGS).map(i -> 1000 + random.nextLong(100)).toArray();
        noisy[READINGS - 5] = 1_000_000;
        assertThat(Level.of(noisy).isFlatWithin(10)).isTrue();
        assertThat(Level.of(noisy).highest()).isEqualTo(1_000_000);
    }

    @Test
    void theWarmUpDoesNotCount() {
        assertThat(Level.of(LongStream.range(0, READINGS).map(i -> Math.min(i, 400)).toArray()).growth()).isZero();
    }

    @Test
    void aSlowLeakIsNotFlat() {
        long[] leak = LongStream.range(0, READINGS).map(i -> 100_000 + i).toArray();
        assertThat(Level.of(leak).growth()).isEqualTo(READINGS / 2);
        assertThat(Level.of(leak).isFlatWithin(READINGS / 2 - 1)).isFalse();
    }

    @Test
    void fewReadingsAreRefused() {
        assertThatThrownBy(() -> Level.of(new long[3])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 readings");
    }
}
