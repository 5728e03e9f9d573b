/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.impl.slab.Budget;
import io.magpool.impl.slab.Charge;

/**
 * A pool's limit: how much may be charged, what can never be, and how a refusal is counted and put into words. The parent's
 * limit is that of the family's budget; a child has one of its own besides.
 */
final class Limit {

    private final MagazinePool pool;
    private final Budget budget;
    private final Charge charge;
    private final CountByClass refusals = new CountByClass();

    /** Of a parent. */
    Limit(MagazinePool pool, Budget budget) {
        this.pool = pool;
        this.budget = budget;
        this.charge = new Charge(budget);
    }

    /** Of a child, with a charge that has its guarantee. */
    Limit(MagazinePool pool, Budget budget, Charge charge) {
        this.pool = pool;
        this.budget = budget;
        this.charge = charge;
    }

    static long ofParent(long maxBytes, PoolConfig config) {
        return maxBytes == PoolConfig.AUTO ? DefaultLimit.bytes(config.storage()) : maxBytes;
    }

    static long ofChild(long maxBytes) {
        return maxBytes == PoolConfig.AUTO ? Long.MAX_VALUE : maxBytes;
    }

    Charge charge() {
        return charge;
    }

    void set(long maxBytes) {
        long before = charge.limit();
        change(maxBytes);
        pool.events().limitChanged(before, charge.limit(), charge.charged());
    }

    private void change(long maxBytes) {
        if (pool.isParent()) {
            long limit = ofParent(maxBytes, pool.config());
            if (!budget.trySetLimit(limit)) {
                throw tooLow(limit, budget.guaranteed(), "its children");
            }
        } else {
            long limit = ofChild(maxBytes);
            if (limit < charge.guaranteed()) {
                throw tooLow(limit, charge.guaranteed(), "it");
            }
            charge.setLimit(limit);
        }
    }

    private static IllegalArgumentException tooLow(long maxBytes, long guaranteed, String whom) {
        return new IllegalArgumentException("maxBytes is " + maxBytes + ": must be at least " + guaranteed
                + ", which is guaranteed to " + whom);
    }

    /** Tells whether the limit itself is too low. */
    boolean canNeverServe(Wish wish) {
        return wish.charge() > charge.attainable();
    }

    /** Of a size class, or {@link io.magpool.impl.slab.SizeClasses#COUNT} for all else. */
    void countRefusal(long bytes, int sizeClass) {
        refusals.count(sizeClass);
        pool.events().refused(bytes, charge.limit(), charge.charged(), pool.waiters().waiting());
    }

    CountByClass refusals() {
        return refusals;
    }

    PoolExhaustedException refused(long asked, int sizeClass) {
        countRefusal(asked, sizeClass);
        return exhausted(asked);
    }

    PoolExhaustedException exhausted(long asked) {
        PoolStatistics now = pool.isParent() ? pool.family().total(false) : Census.of(pool, false);
        return new PoolExhaustedException(
                pool.name(),
                asked,
                charge.limit(),
                now.chargedBytes(),
                now.acquiredBytes(),
                now.cachedInThreadsBytes() + now.cachedInDepotsBytes() + now.cachedLargeBytes(),
                inTheFamily());
    }

    private String inTheFamily() {
        if (pool.isParent()) {
            return budget.guaranteed() == 0 ? "" : "of the limit, children are guaranteed " + budget.guaranteed();
        }
        return "pool " + pool.family().parent().name() + ", limit " + budget.limit() + ", has room for "
                + Math.max(0, budget.room()) + " beside what is guaranteed";
    }
}
