/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.impl.checked.CheckedPool;
import io.magpool.impl.event.Events;
import io.magpool.impl.insight.PoolBean;
import java.lang.ref.WeakReference;

/** What users get of a pool: with checks in front where the settings ask for them, and shown by JMX. */
final class Facade {

    private Facade() {}

    static BufferPool of(MagazinePool ordinary) {
        BufferPool pool =
                CheckedPool.inFrontOf(ordinary, ordinary.name(), ordinary.config(), ordinary.withheld());
        ordinary.life().shownAs(pool);
        if (pool instanceof CheckedPool checked) {
            ordinary.life().alsoDo(checked::lookAround);
            ordinary.reclaim().first(ordinary.withheld().relief()::ask);
        }
        Runnable endShow = ordinary.config().jmx() ? PoolBean.show(pool, ordinary.name()) : () -> {};
        Runnable endSamples = sample(new WeakReference<>(pool));
        ordinary.life().afterClose(() -> {
            endShow.run();
            endSamples.run();
        });
        return pool;
    }

    /** A pool that nobody has any more is not kept alive by being recorded. */
    private static Runnable sample(WeakReference<BufferPool> shown) {
        return Events.sample(() -> {
            BufferPool pool = shown.get();
            return pool == null ? null : pool.statistics();
        });
    }
}
