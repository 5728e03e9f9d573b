/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

/**
 * Magazines that no thread owns: whoever has taken the stripe is the owner for one operation. To revokers it is a cache like
 * any other.
 *
 * <p>The guard's word {@code busy} is the lock as well: one compare-and-set takes the stripe and enters, one release store
 * leaves and puts it back, and hands the owner's view on to the next. A lock of its own, in front of a guard that is made to
 * be cheap for one thread, would be a further cache line, and a further pair of stores.
 *
 * <p>The lock is tried, never waited for, and whoever has it calls nothing that waits, and only what is named as being
 * <em>inside</em>: {@link #takeRound}, {@link #putRound}, {@link #moveIn}, {@link #moveOut}, {@link #moveAll},
 * {@link #drawSample}, {@link #undrawSample}, {@link #noteAcquire}.
 */
final class Stripe extends ThreadCache {

    Stripe(PairLayout layout, long budget, boolean fenced, SampleRate sampleRate) {
        super(null, layout, budget, fenced, sampleRate);
    }

    /** Returns false if another has it, or it is revoked, diverted or closed. */
    boolean tryTake() {
        return tryEnterAmongMany();
    }

    void putBack() {
        leave();
    }

    /** Never dead: somebody else will come. */
    @Override
    public boolean isOwnerDead() {
        return false;
    }
}
