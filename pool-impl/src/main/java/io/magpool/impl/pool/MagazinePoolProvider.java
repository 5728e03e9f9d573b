/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.spi.BufferPoolProvider;
import io.magpool.impl.checked.CheckedPool;
import io.magpool.impl.checked.Withheld;
import io.magpool.impl.insight.PoolBean;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Slab;

/** How {@link BufferPool#create} finds this implementation. */
public final class MagazinePoolProvider implements BufferPoolProvider {

    /** For {@link java.util.ServiceLoader}. */
    public MagazinePoolProvider() {}

    @Override
    public BufferPool create(PoolConfig config) {
        Withheld withheld = new Withheld();
        Platform platform = Platform.choose(config, (int) Slab.BYTES);
        MagazinePool ordinary = new MagazinePool(config, platform, System::nanoTime, withheld);
        BufferPool pool = CheckedPool.inFrontOf(ordinary, config, withheld);
        if (pool instanceof CheckedPool checked) {
            ordinary.life().alsoDo(checked::lookAround);
        }
        if (config.jmx()) {
            ordinary.life().afterClose(PoolBean.show(pool, config.name()));
        }
        return pool;
    }
}
