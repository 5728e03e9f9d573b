/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api.spi;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;

/** Builds pools; found through {@link java.util.ServiceLoader}. */
public interface BufferPoolProvider {

    /**
     * Builds a pool.
     *
     * @param config a valid configuration
     * @return a new pool, owned by the caller, who closes it
     * @throws io.magpool.api.MemoryRefusedException if the operating system refuses what the pool needs to start
     */
    BufferPool create(PoolConfig config);
}
