/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody in the line.
 *
 * <p>Reclaim is dear, and most events make too little room for it to be of use. So whoever releases credits the oldest with
 * what that may have freed at most; after a reclaim that failed, another is tried only when the credit since then and the room
 * that there is would do together. The credit is set to zero before a reclaim, so that what comes meanwhile counts for
 * the next; and whoever credits has made its memory available before, so that what is lost by setting it is seen by the reclaim.
 */
abstract sealed class Waiter extends Turn permits WaitingThread, WaitingAction {

    /** More than anybody wishes for. */
    static final long ENOUGH = Long.MAX_VALUE / 4;

    private final Wish wish;
    private final AtomicLong credit = new AtomicLong(ENOUGH); // nothing was tried yet
    private volatile long lastReclaim = System.nanoTime();

    Waiter(Wish wish) {
        this.wish = wish;
    }

    final Wish wish() {
        return wish;
    }

    final void credit(long bytes) {
        credit.accumulateAndGet(bytes, (seen, more) -> Math.min(seen + more, ENOUGH));
    }

    /** Tells whether a reclaim may be of use now. If so, begins to count anew. */
    final boolean takeCredit(long room) {
        if (credit.get() + room < wish.charge()) {
            return false;
        }
        beginReclaim();
        return true;
    }

    final void beginReclaim() {
        credit.set(0);
        lastReclaim = System.nanoTime();
    }

    final long nanosSinceReclaim() {
        return System.nanoTime() - lastReclaim;
    }
}
