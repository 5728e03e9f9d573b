/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.impl.concurrent.PaddedLong;

/**
 * The bytes charged against a pool's limit: of pages handed out and not given back since, and of large buffers. Never
 * above the limit, also in the middle of a race (invariant 3), since each charge is one compare-and-set. Charged before the
 * memory is handed out, uncharged after it was given back.
 *
 * <p>The limit can be changed. Where it falls below what is charged, nothing more is charged until enough was uncharged.
 */
public final class Charge {

    private volatile long limit;
    private final PaddedLong charged = new PaddedLong();

    /**
     * Starts at zero.
     *
     * @param limit in bytes
     */
    public Charge(long limit) {
        this.limit = limit;
    }

    /**
     * Charges, if there is room.
     *
     * @param bytes how much
     * @return false if there is not; nothing has changed then
     */
    public boolean tryAdd(long bytes) {
        long seen;
        do {
            seen = charged.get();
            if (bytes > limit - seen) {
                return false;
            }
        } while (!charged.cas(seen, seen + bytes));
        return true;
    }

    /**
     * Takes back what was charged.
     *
     * @param bytes how much
     */
    public void subtract(long bytes) {
        charged.addAndGet(-bytes);
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
     * Returns the limit.
     *
     * @return bytes
     */
    public long limit() {
        return limit;
    }
}
