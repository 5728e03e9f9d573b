/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimPolicy;

/**
 * What a maximum rate allows from tick to tick. Pure arithmetic: the caller says how much time has passed.
 *
 * <p>What a tick leaves over is kept, up to one tick's share, or to one grain if that is more: else a rate below a grain for each
 * tick would give nothing back for ever.
 */
final class Allowance {

    private final long bytesPerSecond;
    private final double mostFromTime;
    private double credit;

    /**
     * Begins with nothing.
     *
     * @param bytesPerSecond the rate, or {@link TrimPolicy#UNLIMITED}
     * @param intervalNanos what time counts at most between two ticks
     */
    Allowance(long bytesPerSecond, long intervalNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.mostFromTime = (double) bytesPerSecond * (intervalNanos / 1e9);
    }

    /**
     * Goes on in time.
     *
     * @param elapsedNanos since the last call, at most an interval
     * @param grainBytes the largest piece that could go now and only goes whole
     * @return how many bytes may go
     */
    long grant(long elapsedNanos, long grainBytes) {
        if (bytesPerSecond == TrimPolicy.UNLIMITED) {
            return Long.MAX_VALUE;
        }
        double earned = (double) bytesPerSecond * (elapsedNanos / 1e9);
        credit = Math.min(credit + earned, Math.max(mostFromTime, (double) grainBytes));
        return (long) credit;
    }

    /** Takes off what went. */
    void spend(long bytes) {
        credit -= (double) bytes;
    }
}
