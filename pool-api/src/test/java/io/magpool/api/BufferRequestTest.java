/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be asked of a buffer. */
class BufferRequestTest {

    @Test
    void aRequestAsksForNothingButTheSizeAtFirst() {
        BufferRequest request = BufferRequest.of(100);
        assertThat(request.size()).isEqualTo(100);
        assertThat(request.isZeroed()).isFalse();
        assertThat(request.alignment()).isEqualTo(1);
        assertThat(request.patience()).isZero();
    }

    @Test
    void wishesAddUpAndLeaveTheFormerRequestAsItWas() {
        BufferRequest plain = BufferRequest.of(0);
        BufferRequest all = plain.zeroed().aligned(4096).within(Duration.ofMillis(5));
        assertThat(all.size()).isZero();
        assertThat(all.isZeroed()).isTrue();
        assertThat(all.alignment()).isEqualTo(4096);
        assertThat(all.patience()).isEqualTo(Duration.ofMillis(5));
        assertThat(plain).isEqualTo(BufferRequest.of(0));
    }

    @Test
    void aNegativeSizeIsRejected() {
        assertThatThrownBy(() -> BufferRequest.of(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size is -1: must not be negative");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 3, 96, (2L << 20) + 1, 4L << 20, Long.MIN_VALUE})
    void anAlignmentThatIsNoPowerOfTwoOrTooLargeIsRejected(long bytes) {
        assertThatThrownBy(() -> BufferRequest.of(1).aligned(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alignment is " + bytes + ": must be a power of two from 1 to 2097152");
    }

    @Test
    void eachPowerOfTwoUpToAHugePageIsAnAlignment() {
        for (long bytes = 1; bytes <= BufferRequest.MAX_ALIGNMENT; bytes *= 2) {
            assertThat(BufferRequest.of(1).aligned(bytes).alignment()).isEqualTo(bytes);
        }
    }

    @Test
    void aNegativeOrMissingWaitingTimeIsRejected() {
        assertThatThrownBy(() -> BufferRequest.of(1).within(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("waiting time is PT-0.000000001S: must not be negative");
        assertThatThrownBy(() -> BufferRequest.of(1).within(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("atMost");
    }

    @Test
    void requestsAreEqualByTheirValues() {
        BufferRequest request = BufferRequest.of(5);
        assertThat(request).isEqualTo(BufferRequest.of(5)).hasSameHashCodeAs(BufferRequest.of(5));
        for (Object other : List.of(
                BufferRequest.of(6),
                request.zeroed(),
                request.aligned(2),
                request.within(Duration.ofNanos(1)),
                "5")) {
            assertThat(request).isNotEqualTo(other);
        }
        assertThat(request.zeroed().aligned(64).toString())
                .isEqualTo("BufferRequest[size=5, zeroed=true, alignment=64, patience=PT0S]");
    }
}
