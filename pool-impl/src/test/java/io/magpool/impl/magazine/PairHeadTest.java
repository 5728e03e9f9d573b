/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairHeadTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2147483647", "100000, 1", "2147483646, 2147483647"})
    void anAcquireAndAReleaseChangeWhatTheySayAndNothingElse(int top, long left) {
        long head = PairHead.unused(top) + left * PairHead.ONE_LEFT;
        assertThat(PairHead.top(head)).isEqualTo(top);
        assertThat(PairHead.left(head)).isEqualTo(left);
        assertThat(head).isNotNegative();
        long acquired = head + PairHead.ACQUIRE;
        assertThat(PairHead.top(acquired)).isEqualTo(top - 1);
        assertThat(PairHead.left(acquired)).isEqualTo(left - 1);
        long released = head + PairHead.ONE_ROUND;
        assertThat(PairHead.top(released)).isEqualTo(top + 1);
        assertThat(PairHead.left(released)).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"0", "5", "2147483646"})
    void whereNoneIsLeftTheWordIsNegativeWhateverRoundsThereAre(int top) {
        long head = PairHead.unused(top);
        assertThat(PairHead.left(head)).isZero();
        assertThat(head).isNegative();
        assertThat(head + PairHead.ONE_ROUND).isNegative();
        assertThat(head + PairHead.ONE_LEFT).isNotNegative();
    }
}
