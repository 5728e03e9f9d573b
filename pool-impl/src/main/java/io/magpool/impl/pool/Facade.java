/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.impl.checked.CheckedPool;
import io.magpool.impl.checked.Follower;
import io.magpool.impl.checked.Withheld;
import io.magpool.impl.event.Events;
import io.magpool.impl.insight.PoolBean;
import java.lang.ref.WeakReference;

/** What users get of a pool: with checks in front where each acquisition is followed, and shown by JMX. */
final class Facade {

    private Facade() {}

    static BufferPool of(MagazinePool ordinary) {
        Withheld withheld = ordinary.withheld();
        Follower follower = Follower.ifAny(ordinary.name(), ordinary.config(), withheld);
        if (follower != null) {
            ordinary.life().alsoDo(follower::lookAround);
            ordinary.life().beforeClose(follower::end);
            ordinary.reclaim().first(withheld.relief()::ask);
        }
        BufferPool pool = follower != null && follower.followsAll() ? new CheckedPool(ordinary, follower) : ordinary;
        Runnable endShow = ordinary.config().jmx() ? PoolBean.show(ordinary, ordinary.name()) : () -> {};
        Runnable endSamples = sample(new WeakReference<>(ordinary));
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
