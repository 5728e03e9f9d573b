/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimPolicy;

/**
 * How much to give back at one tick. Pure arithmetic.
 *
 * @param bytes how much: as long as less has gone, one more piece may go
 * @param mostBytes how much with the last piece: what the floor allows where a policy bounds what may stay, else the same
 * @param allowedBytes by the rate: as long as less has gone, one more piece may go
 * @param freshToo whether memory counts that was wanted since the last tick
 */
record TrimPlan(long bytes, long mostBytes, long allowedBytes, boolean freshToo) {

    /** All that can go. */
    static final TrimPlan ALL = new TrimPlan(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, true);

    /** So much of what was untouched. */
    static TrimPlan of(long bytes) {
        return new TrimPlan(bytes, bytes, Long.MAX_VALUE, false);
    }

    /** What is left after something went. */
    TrimPlan less(long gone) {
        return new TrimPlan(bytes - gone, mostBytes - gone, allowedBytes - gone, freshToo);
    }

    /**
     * What the policy is told.
     *
     * @param charged memory behind chunks and large buffers, in use or not
     * @param reclaimable of this, what could go back at once
     * @param untouched of this, what nobody wanted for a whole interval
     * @param cached in magazines, of depots and of threads
     */
    record Idle(long charged, long reclaimable, long untouched, long cached) {

        static final Idle NOTHING = new Idle(0, 0, 0, 0);

        Idle plus(Idle other) {
            return new Idle(
                    charged + other.charged,
                    reclaimable + other.reclaimable,
                    untouched + other.untouched,
                    cached + other.cached);
        }
    }

    /**
     * Plans.
     *
     * @param policy what to do
     * @param idle what there is
     * @param allowed by the policy's rate: as long as less has gone, one more piece may go, in bytes
     * @param decayed how much decay leaves of what is reclaimable; other policies do not ask
     */
    static TrimPlan of(TrimPolicy policy, Idle idle, long allowed, long decayed) {
        long most = Math.max(0, idle.charged - policy.floorBytes());
        return switch (policy) {
            case TrimPolicy.None none -> new TrimPlan(0, 0, 0, false);
            case TrimPolicy.WorkingSet all -> upTo(Math.clamp(idle.untouched, 0, most), allowed, false);
            case TrimPolicy.Decay some -> upTo(Math.clamp(idle.reclaimable - decayed, 0, most), allowed, true);
            case TrimPolicy.Watermark surplus ->
                    new TrimPlan(Math.clamp(excess(surplus, idle), 0, most), most, allowed, true);
        };
    }

    private static TrimPlan upTo(long bytes, long allowed, boolean freshToo) {
        return new TrimPlan(bytes, bytes, allowed, freshToo);
    }

    /** What must go home from the depots, before there is as much to give as a watermark wants. */
    static long toSendHome(TrimPolicy policy, Idle idle) {
        return policy instanceof TrimPolicy.Watermark mark ? Math.max(0, excess(mark, idle) - idle.reclaimable) : 0;
    }

    private static long excess(TrimPolicy.Watermark mark, Idle idle) {
        return idle.reclaimable + idle.cached - mark.idleBytes();
    }
}
