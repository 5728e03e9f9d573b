/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultLimitTest {

    @ParameterizedTest(name = "direct {0} MiB, machine {1} MiB, heap {2} MiB: {3} MiB")
    @CsvSource({
            "0, 8192, 2048, 2048", // without a limit of direct memory it is the heap's
            "1024, 8192, 2048, 1024", // the JVM's own limit
            "7000, 8192, 2048, 6144", // capped by what the heap leaves
            "0, 4096, 3072, 1024",
            "0, 1024, 1020, 16", // never less than something useful
            "0, 1024, 2048, 16", // a heap larger than the machine
            "1, 8192, 1024, 16"
    })
    void isTheDirectMemoryLimitCappedByWhatTheHeapLeaves(long direct, long machine, long heap, long limit) {
        assertThat(DefaultLimit.choose(direct << 20, machine << 20, heap << 20)).isEqualTo(limit << 20);
    }

    @Test
    void aPoolWithoutALimitTakesIt() {
        try (BufferPool pool = BufferPool.create(PoolConfig.defaults())) {
            assertThat(pool.statistics().maxBytes()).isEqualTo(DefaultLimit.bytes(Storage.OFF_HEAP))
                    .isGreaterThanOrEqualTo(16 << 20);
        }
    }
}
