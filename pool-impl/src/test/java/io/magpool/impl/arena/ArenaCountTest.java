/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArenaCountTest {

    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({
            "16, 4, 4096, 1", // the smallest pool
            "16, 16, 4096, 1",
            "16, 31, 4096, 1",
            "16, 32, 4096, 2",
            "16, 255, 4096, 15",
            "16, 256, 4096, 16",
            "16, 65536, 4096, 16", // never more than cores
            "1, 65536, 4096, 1",
            "16, 256, 2097152, 2", // where slabs come and go whole, an arena may come to hold one of each class
            "16, 64, 2097152, 1",
    })
    void isOneForEachCoreButFewerWhereTheLimitIsSmall(int cores, long mebibytes, long grain, int arenas) {
        assertThat(ArenaCount.choose(cores, mebibytes * MIB, grain)).isEqualTo(arenas);
    }
}
