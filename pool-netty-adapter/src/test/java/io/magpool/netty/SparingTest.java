/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is asked takes a twentieth of the time at most. */
@Tag("core")
class SparingTest {

    @Test
    void itIsDueAtOnceAndThenAfterNineteenTimesWhatItTook() {
        long now = Long.MAX_VALUE - 100; // the clock may overflow
        Sparing sparing = new Sparing(now);
        assertThat(sparing.isDue(now)).isTrue();
        sparing.asked(now, now + 50);
        assertThat(sparing.isDue(now + 50)).isFalse();
        assertThat(sparing.isDue(now + 50 + 949)).isFalse();
        assertThat(sparing.isDue(now + 50 + 950)).isTrue();
    }
}
