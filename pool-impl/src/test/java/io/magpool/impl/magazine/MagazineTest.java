/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.slab.ChunkNumber;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagazineTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void holdsAsManyRoundsAsItsCapacityLastInFirstOut(int capacity) {
        Magazine magazine = new Magazine(7, capacity);
        assertThat(magazine.number()).isEqualTo(7);
        assertThat(magazine.capacity()).isEqualTo(capacity);
        for (int turn = 0; turn < 2; turn++) {
            assertThat(magazine.isEmpty()).isTrue();
            assertThat(magazine.pop()).isEqualTo(ChunkNumber.NONE);
            for (int i = 0; i < capacity; i++) {
                assertThat(magazine.push(100 + i)).isTrue();
                assertThat(magazine.count()).isEqualTo(i + 1);
            }
            assertThat(magazine.push(1)).as("a push beyond the capacity").isFalse();
            assertThat(magazine.count()).isEqualTo(capacity);
            for (int i = capacity - 1; i >= 0; i--) {
                assertThat(magazine.pop()).isEqualTo(100 + i);
            }
        }
    }
}
