/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimPolicy;

/**
 * What a maximum rate allows from tick to tick: a bucket that time fills, up to one tick's share. Pure arithmetic: the caller
 * says how much time has passed.
 *
 * <p>As long as anything is in it, one more piece may go, even one that is larger: a page under a rate below a page for each
 * tick, or a large mapping under any rate. Such a piece leaves a debt, and nothing goes until time has paid it. So whatever
 * span of time one looks at, no more went than the rate allows in it and in one interval, and one piece.
 *
 * <p>Rejected: to save up for a large piece until it is covered. The savings would be spent at once on pages that come before
 * it, much more than a tick's share; and where pages take all that a tick may give, nothing would ever be saved.
 */
final class Allowance {

    private final long bytesPerSecond;
    private final double most;
    private double credit;

    /**
     * Begins with nothing.
     *
     * @param bytesPerSecond the rate, or {@link TrimPolicy#UNLIMITED}
     * @param intervalNanos what time counts at most between two ticks
     */
    Allowance(long bytesPerSecond, long intervalNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.most = Math.max(1, (double) bytesPerSecond * (intervalNanos / 1e9));
    }

    /**
     * Goes on in time.
     *
     * @param elapsedNanos since the last call
     * @return bytes: as long as not so much has gone, one more piece may go; 0 or less is a debt
     */
    long grant(long elapsedNanos) {
        if (bytesPerSecond == TrimPolicy.UNLIMITED) {
            return Long.MAX_VALUE;
        }
        credit = Math.min(most, credit + (double) bytesPerSecond * (elapsedNanos / 1e9));
        return (long) Math.floor(credit);
    }

    /** Takes off what went. */
    void spend(long bytes) {
        credit -= (double) bytes;
    }
}
