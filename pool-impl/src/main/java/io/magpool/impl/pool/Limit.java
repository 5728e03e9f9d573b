/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.impl.slab.Charge;
import java.util.concurrent.atomic.LongAdder;

/** A pool's limit: how much may be charged, what can never be, and how a refusal is counted and put into words. */
final class Limit {

    private final MagazinePool pool;
    private final Charge charge;
    private final LongAdder refusals = new LongAdder();

    Limit(MagazinePool pool) {
        this.pool = pool;
        this.charge = new Charge(bytes(pool.config().maxBytes()));
    }

    private long bytes(long maxBytes) {
        return maxBytes == PoolConfig.AUTO ? DefaultLimit.bytes(pool.config().storage()) : maxBytes;
    }

    Charge charge() {
        return charge;
    }

    void set(long maxBytes) {
        charge.setLimit(bytes(maxBytes));
    }

    /** Tells whether the limit itself is too low. */
    boolean canNeverServe(Wish wish) {
        return wish.charge() > charge.limit();
    }

    void countRefusal() {
        refusals.increment();
    }

    long refusals() {
        return refusals.sum() - pool.withheld().mistakenRefusals().sum();
    }

    PoolExhaustedException refused(long asked) {
        countRefusal();
        return exhausted(asked);
    }

    PoolExhaustedException exhausted(long asked) {
        PoolStatistics now = Census.take(pool);
        return new PoolExhaustedException(
                pool.name(),
                asked,
                charge.limit(),
                now.chargedBytes(),
                now.acquiredBytes(),
                now.cachedInThreadsBytes() + now.cachedInDepotsBytes() + now.cachedLargeBytes());
    }
}
