/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.TrimPolicy;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Slab;
import org.junit.jupiter.api.Test;

/** The line that a pool logs when it starts. */
class IntroductionTest {

    private static String of(PoolConfig config) {
        MagazinePool pool = new MagazinePool(config, Platform.choose(config, (int) Slab.BYTES));
        try {
            return Introduction.of(pool);
        } finally {
            pool.close();
        }
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.builder().name("io").memory(MemoryKind.PORTABLE).trim(TrimPolicy.none());
    }

    @Test
    void saysWhatThePoolIs() {
        assertThat(of(config().maxBytes(8 << 20).arenas(2).build()))
                .startsWith("pool io: limit 8388608 bytes, configured; memory portable, barrier ")
                .contains(", arenas 2; trim None")
                .endsWith("; safety STANDARD");
    }

    @Test
    void saysWhenNobodySetTheLimit() {
        assertThat(of(config().build())).contains(" bytes, chosen by the machine; ");
    }
}
