/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.spi.BufferPoolProvider;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Slab;

/** How {@link BufferPool#create} finds this implementation. */
public final class MagazinePoolProvider implements BufferPoolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public MagazinePoolProvider() {}

    @Override
    public BufferPool create(PoolConfig config) {
        Platform platform = Platform.choose(config, (int) Slab.BYTES);
        return Facade.of(new MagazinePool(config, platform));
    }
}
