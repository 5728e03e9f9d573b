/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.impl.concurrent.PaddedLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes charged against a pool's limit: of pages handed out and not given back since, and of large buffers. Never
 * above the limit, also in the middle of a race (invariant 3), since each charge is one compare-and-set. Charged before the
 * memory is handed out, uncharged after it was given back.
 *
 * <p>The limit can be changed. Where it falls below what is charged, nothing more is charged until enough was uncharged.
 *
 * <h2>Pools that share a budget</h2>
 *
 * Of what a pool is charged, the part beyond its guarantee is taken from a {@link Budget} that it may share with others; the
 * guarantee itself was taken from there for good when the charge was built. So a charge within the guarantee takes nothing, and only
 * asks whether the budget is overdrawn: after its limit was lowered, nobody is charged anything until all that is taken fits.
 *
 * <p>The budget's part is taken before the charge rises, and given back after it fell. So at each instant at least as much is
 * taken as the charges of all pools and their unused guarantees come to, and the sum of the charges is never above the budget's limit.
 * Rejected: to charge here first. If the budget then refuses, the charge must be undone; a release meanwhile has given the
 * budget back what was never taken from it, somebody else has that, and the undo has nothing to pay with.
 *
 * <p>A charge that loses its compare-and-set has the budget's part for a moment longer, but only to try for the same again.
 */
public final class Charge {

    private final Budget budget;
    private final long guaranteed;
    private volatile long limit;
    private final PaddedLong charged = new PaddedLong();

    private Charge(Budget budget, long limit, long guaranteed) {
        this.budget = budget;
        this.limit = limit;
        this.guaranteed = guaranteed;
    }

    /**
     * Starts at zero, with a budget of its own.
     *
     * @param limit in bytes
     */
    public Charge(long limit) {
        this(new Budget(limit), Long.MAX_VALUE, 0);
    }

    /**
     * Starts at zero, with no limit but the budget's.
     *
     * @param budget shared with others
     */
    public Charge(Budget budget) {
        this(budget, Long.MAX_VALUE, 0);
    }

    /**
     * Sets a guarantee aside, and starts at zero.
     *
     * @param budget shared with others
     * @param limit in bytes
     * @param guaranteed in bytes, at most the limit
     * @return a new charge, or null if the budget has no room for the guarantee
     */
    public static @Nullable Charge of(Budget budget, long limit, long guaranteed) {
        return budget.tryGuarantee(guaranteed) ? new Charge(budget, limit, guaranteed) : null;
    }

    /**
     * Charges, if there is room.
     *
     * @param bytes how much
     * @return false if there is not; nothing has changed then
     */
    public boolean tryAdd(long bytes) {
        while (true) {
            long seen = charged.get();
            if (bytes > limit - seen) {
                return false;
            }
            long part = beyondGuarantee(seen + bytes) - beyondGuarantee(seen);
            if (!takes(part)) {
                if (charged.get() == seen) {
                    return false;
                }
            } else if (charged.cas(seen, seen + bytes)) {
                return true;
            } else {
                budget.giveBack(part);
            }
        }
    }

    /** Nothing is to be taken within the guarantee; but after the budget's limit was lowered that waits too, until all fits. */
    private boolean takes(long part) {
        return part == 0 ? guaranteed == 0 || budget.room() >= 0 : budget.tryTake(part);
    }

    /**
     * Takes back what was charged.
     *
     * @param bytes how much
     */
    public void subtract(long bytes) {
        long seen;
        do {
            seen = charged.get();
        } while (!charged.cas(seen, seen - bytes));
        budget.giveBack(beyondGuarantee(seen) - beyondGuarantee(seen - bytes));
    }

    private long beyondGuarantee(long bytes) {
        return Math.max(0, bytes - guaranteed);
    }

    /** Gives the guarantee back to the budget. Once, by the last; nothing is charged, nor will be. */
    public void end() {
        budget.endGuarantee(guaranteed);
    }

    /**
     * Changes the limit for charges to come.
     *
     * @param limit in bytes
     */
    public void setLimit(long limit) {
        this.limit = limit;
    }

    /**
     * Returns what is charged now.
     *
     * @return bytes
     */
    public long charged() {
        return charged.get();
    }

    /**
     * Returns the limit: its own or the budget's, whichever is lower.
     *
     * @return bytes
     */
    public long limit() {
        return Math.min(limit, budget.limit());
    }

    /**
     * Returns how much it could be charged if nobody had anything.
     *
     * @return bytes
     */
    public long attainable() {
        return Math.min(limit, budget.limit() - (budget.guaranteed() - guaranteed));
    }

    /**
     * Returns how much may still be charged.
     *
     * @return bytes; below zero after the limit was lowered
     */
    public long room() {
        long now = charged.get();
        long unused = Math.max(0, guaranteed - now);
        long shared = budget.room();
        return Math.min(limit - now, shared < 0 ? shared : unused + shared);
    }

    /**
     * Tells whether others leave no room for what its own limit would allow.
     *
     * @param bytes how much is wished for
     * @return false also if there is room
     */
    public boolean isShortByOthers(long bytes) {
        return limit - charged.get() >= bytes && room() < bytes;
    }

    /**
     * Tells whether anything that it is uncharged comes to the benefit of others.
     *
     * @return false while it is within its guarantee
     */
    public boolean isBeyondGuarantee() {
        return charged.get() > guaranteed;
    }

    /**
     * Returns what others can never take.
     *
     * @return bytes
     */
    public long guaranteed() {
        return guaranteed;
    }

    /**
     * Returns how much of the guarantee is not used.
     *
     * @return bytes
     */
    public long setAside() {
        return Math.max(0, guaranteed - charged.get());
    }
}
