/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.arena.ClosedArenasException;
import io.magpool.impl.arena.Reclaim;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.SizeClasses;

/** The limit's say when a large buffer grows where it is: the same rules as for an acquire, without a new buffer. */
final class Growth {

    private final MagazinePool pool;
    private final Charge charge;
    private final Reclaim reclaim;

    Growth(MagazinePool pool, Charge charge, Reclaim reclaim) {
        this.pool = pool;
        this.charge = charge;
        this.reclaim = reclaim;
    }

    /** Refuses what no buffer can grow to, and all growth once the pool is closed. */
    void check(long size) {
        Wish.checkSize(size);
        pool.life().checkOpen();
    }

    /** Charges the difference, or throws. Does not overtake those who wait. */
    void charge(long bytes, long size) {
        boolean charged;
        try {
            charged = size <= charge.limit()
                    && pool.waiters().isEmpty()
                    && (tryCharge(bytes) || (pool.withheld().relief().ask() && tryCharge(bytes)));
        } catch (ClosedArenasException closedMeanwhile) {
            throw pool.life().closed();
        }
        if (!charged) {
            throw pool.limit().refused(size, SizeClasses.COUNT);
        }
    }

    private boolean tryCharge(long bytes) {
        return charge.tryAdd(bytes) || reclaim.retry(() -> charge.tryAdd(bytes) ? this : null, bytes) != null;
    }

    void uncharge(long bytes) {
        charge.subtract(bytes);
        pool.afterRelease(bytes);
    }
}
