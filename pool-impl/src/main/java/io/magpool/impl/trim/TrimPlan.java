/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimPolicy;

/**
 * How much to give back at one tick. Pure arithmetic.
 *
 * @param bytes how much, at most
 * @param freshToo whether memory counts that was wanted since the last tick
 */
record TrimPlan(long bytes, boolean freshToo) {

    /**
     * What the policy is told.
     *
     * @param backed memory behind chunks, in use or not
     * @param reclaimable of this, what could go back at once
     * @param untouched of this, what nobody wanted for a whole interval
     * @param cached in magazines, of depots and of threads
     */
    record Idle(long backed, long reclaimable, long untouched, long cached) {}

    /**
     * Plans.
     *
     * @param policy what to do
     * @param idle what there is
     * @param elapsedNanos since the last tick, or the interval, whichever is shorter
     * @param decayed how much decay leaves of what is reclaimable; other policies do not ask
     */
    static TrimPlan of(TrimPolicy policy, Idle idle, long elapsedNanos, long decayed) {
        return switch (policy) {
            case TrimPolicy.None none -> new TrimPlan(0, false);
            case TrimPolicy.WorkingSet all -> new TrimPlan(bounded(all, idle, idle.untouched, elapsedNanos), false);
            case TrimPolicy.Decay some ->
                    new TrimPlan(bounded(some, idle, idle.reclaimable - decayed, elapsedNanos), true);
            case TrimPolicy.Watermark surplus ->
                    new TrimPlan(bounded(surplus, idle, excess(surplus, idle), elapsedNanos), true);
        };
    }

    /** What must go home from the depots, before there is as much to give as a watermark wants. */
    static long toSendHome(TrimPolicy policy, Idle idle) {
        return policy instanceof TrimPolicy.Watermark mark ? Math.max(0, excess(mark, idle) - idle.reclaimable) : 0;
    }

    private static long excess(TrimPolicy.Watermark mark, Idle idle) {
        return idle.reclaimable + idle.cached - mark.idleBytes();
    }

    private static long bounded(TrimPolicy policy, Idle idle, long wanted, long elapsedNanos) {
        long aboveFloor = idle.backed - policy.floorBytes();
        return Math.max(0, Math.min(wanted, Math.min(aboveFloor, budget(policy.maxBytesPerSecond(), elapsedNanos))));
    }

    /** What a rate allows in a time. */
    static long budget(long bytesPerSecond, long nanos) {
        return bytesPerSecond == TrimPolicy.UNLIMITED ? Long.MAX_VALUE : (long) (bytesPerSecond * (nanos / 1e9));
    }
}
