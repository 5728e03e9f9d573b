/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Policies are values that cannot be wrong. */
class TrimPolicyTest {

    private static void rejected(ThrowingCallable building, String message) {
        assertThatThrownBy(building).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void aRejectionNamesFieldValueAndRule() {
        rejected(() -> TrimPolicy.workingSet().withFloor(-1), "floorBytes is -1: must be 0 or more");
        rejected(() -> TrimPolicy.workingSet().withMaxRate(4095), "maxBytesPerSecond is 4095: must be 4096 or more");
        rejected(() -> new TrimPolicy.WorkingSet(-7, 5000), "floorBytes is -7: must be 0 or more");
        rejected(() -> TrimPolicy.decay(Duration.ZERO), "time is PT0S: must be from 1 millisecond to 1 day");
        rejected(() -> TrimPolicy.decay(Duration.ofDays(2)), "time is PT48H: must be from 1 millisecond to 1 day");
        rejected(() -> TrimPolicy.decay(Duration.ofSeconds(1)).withFloor(-1), "floorBytes is -1: must be 0 or more");
        rejected(() -> TrimPolicy.watermark(-1), "idleBytes is -1: must be 0 or more");
        rejected(() -> TrimPolicy.watermark(0).withMaxRate(0), "maxBytesPerSecond is 0: must be 4096 or more");
        assertThatThrownBy(() -> TrimPolicy.decay(null)).isInstanceOf(NullPointerException.class).hasMessage("time");
    }

    @Test
    void floorAndRateAreKeptApart() {
        for (TrimPolicy policy : List.of(TrimPolicy.workingSet(), TrimPolicy.decay(Duration.ofSeconds(3)),
                TrimPolicy.watermark(9))) {
            assertThat(policy.floorBytes()).isZero();
            assertThat(policy.maxBytesPerSecond()).isEqualTo(TrimPolicy.UNLIMITED);
            TrimPolicy other = policy.withFloor(11).withMaxRate(5_000);
            assertThat(other).isInstanceOf(policy.getClass()).isNotEqualTo(policy);
            assertThat(other.floorBytes()).isEqualTo(11);
            assertThat(other.maxBytesPerSecond()).isEqualTo(5_000);
            assertThat(other.withFloor(0).withMaxRate(TrimPolicy.UNLIMITED)).isEqualTo(policy);
        }
    }

    @Test
    void noneHasNothingToBound() {
        assertThat(TrimPolicy.none().withFloor(11).withMaxRate(5_000)).isEqualTo(TrimPolicy.none());
        assertThat(TrimPolicy.none().floorBytes()).isZero();
        assertThat(TrimPolicy.none().maxBytesPerSecond()).isEqualTo(TrimPolicy.UNLIMITED);
    }
}
