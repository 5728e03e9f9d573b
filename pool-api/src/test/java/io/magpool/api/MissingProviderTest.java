/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The interfaces alone give no pool. */
class MissingProviderTest {

    @Test
    void whoeverForgetsTheImplementationIsToldWhichArtifactToAdd() {
        assertThatThrownBy(() -> BufferPool.create(PoolConfig.defaults()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("io.magpool:pool-impl");
    }

    @Test
    void aPoolNeedsAConfiguration() {
        assertThatThrownBy(() -> BufferPool.create(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("config");
    }
}
