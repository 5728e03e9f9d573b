/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadLongTest {

    @Test
    void whatIsAddedAtAnyPlaceIsInTheSum() {
        SpreadLong sum = new SpreadLong(3);
        assertThat(sum.sum()).isZero();
        for (int place = 0; place < 3; place++) {
            sum.add(place, 10L << place);
        }
        sum.add(1, -5);
        assertThat(sum.sum()).isEqualTo(65);
    }
}
