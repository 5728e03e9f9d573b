/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.PaddedLong;

/**
 * Magazines that no thread owns: whoever has the lock is the owner for one operation. To revokers it is a cache like any
 * other; the guard inside does not care which thread its owner is, and the lock hands the owner's view on.
 *
 * <p>The lock is tried, never waited for, and whoever has it calls nothing that waits.
 */
final class Stripe extends ThreadCache {

    private final PaddedLong taken = new PaddedLong();

    Stripe(PairLayout layout, long budget, boolean fenced) {
        super(null, layout, budget, fenced);
    }

    boolean tryTake() {
        return taken.get() == 0 && taken.cas(0, 1);
    }

    void putBack() {
        taken.setRelease(0);
    }

    /** Never dead: somebody else will come. */
    @Override
    public boolean isOwnerDead() {
        return false;
    }
}
