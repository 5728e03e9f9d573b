/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.TrimPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rate allows as time passes. */
class AllowanceTest {

    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({"1000000, 1000000000, 1000000", "1000000, 1000000, 1000", "4096, 1, 0", "4096, 0, 0"})
    void aRateIsPerSecond(long rate, long nanos, long bytes) {
        assertThat(new Allowance(rate, SECOND).grant(nanos)).isEqualTo(bytes);
    }

    @Test
    void aTickKeepsForTheNextNoMoreThanATicksShare() {
        Allowance allowance = new Allowance(100_000, SECOND);
        assertThat(allowance.grant(SECOND)).isEqualTo(100_000);
        assertThat(allowance.grant(SECOND)).isEqualTo(100_000);
        allowance.spend(30_000);
        assertThat(allowance.grant(SECOND / 10)).isEqualTo(80_000);
    }

    @Test
    void aPieceThatIsMoreIsPaidBeforeAnythingElseGoes() {
        Allowance allowance = new Allowance(1_000_000, SECOND);
        assertThat(allowance.grant(SECOND)).isEqualTo(1_000_000);
        allowance.spend(7_000_000);
        for (int i = 1; i <= 6; i++) {
            assertThat(allowance.grant(SECOND)).isNotPositive();
        }
        assertThat(allowance.grant(SECOND)).isEqualTo(1_000_000);
    }

    @Test
    void aRateBelowAByteForEachTickComesToOne() {
        long tick = SECOND / 10_000;
        Allowance allowance = new Allowance(4_096, tick);
        assertThat(allowance.grant(tick)).isZero();
        assertThat(allowance.grant(tick)).isZero();
        assertThat(allowance.grant(tick)).isEqualTo(1);
        allowance.spend(4_096); // a page
        int ticks = 0;
        while (allowance.grant(tick) <= 0) {
            ticks++;
        }
        assertThat(ticks).as("a second").isBetween(9_998, 10_002);
    }

    @Test
    void withoutARateEverythingMayGo() {
        Allowance allowance = new Allowance(TrimPolicy.UNLIMITED, SECOND);
        assertThat(allowance.grant(1)).isEqualTo(Long.MAX_VALUE);
        allowance.spend(1_000);
        assertThat(allowance.grant(1)).isEqualTo(Long.MAX_VALUE);
    }
}
