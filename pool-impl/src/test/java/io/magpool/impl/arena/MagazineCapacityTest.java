/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.slab.SizeClasses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagazineCapacityTest {

    @ParameterizedTest
    @CsvSource({
            "64, 65536, 64",
            "1024, 65536, 64",
            "1280, 65536, 51",
            "4096, 65536, 16",
            "65536, 65536, 1",
            "81920, 65536, 1",
            "1048576, 65536, 1",
            "64, 64, 1",
            "1048576, 67108864, 64",
            "64, 17179869184, 64"
    })
    void isBoundedInBytesFirstThenInNumber(int chunkBytes, long magazineBytes, int rounds) {
        assertThat(MagazineCapacity.of(SizeClasses.indexFor(chunkBytes), magazineBytes)).isEqualTo(rounds);
    }
}
