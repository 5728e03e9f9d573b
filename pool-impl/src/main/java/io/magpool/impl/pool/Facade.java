/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.impl.checked.CheckedPool;
import io.magpool.impl.insight.PoolBean;

/** What users get of a pool: with checks in front where the settings ask for them, and shown by JMX. */
final class Facade {

    private Facade() {}

    static BufferPool of(MagazinePool ordinary) {
        BufferPool pool =
                CheckedPool.inFrontOf(ordinary, ordinary.name(), ordinary.config(), ordinary.withheld());
        ordinary.life().shownAs(pool);
        if (pool instanceof CheckedPool checked) {
            ordinary.life().alsoDo(checked::lookAround);
        }
        if (ordinary.config().jmx()) {
            ordinary.life().afterClose(PoolBean.show(pool, ordinary.name()));
        }
        return pool;
    }
}
