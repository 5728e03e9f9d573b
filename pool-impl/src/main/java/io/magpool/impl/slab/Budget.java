/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.impl.concurrent.PaddedLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a family of pools may be charged together. Taken is what is set aside for pools with a guarantee, and what all pools
 * are charged beyond their guarantees. Never above the limit, since each step is one compare-and-set; after the limit was
 * lowered, nothing is taken until it fits.
 */
public final class Budget {

    private volatile long limit;
    private final PaddedLong taken = new PaddedLong();
    private final AtomicLong guaranteed = new AtomicLong();

    /**
     * Nothing is taken yet.
     *
     * @param limit in bytes
     */
    public Budget(long limit) {
        this.limit = limit;
    }

    boolean tryTake(long bytes) {
        long seen;
        do {
            seen = taken.get();
            if (bytes > limit - seen) {
                return false;
            }
        } while (!taken.cas(seen, seen + bytes));
        return true;
    }

    /** One at a time with a change of the limit, which would else be held against guarantees that it has not seen. */
    synchronized boolean tryGuarantee(long bytes) {
        if (bytes != 0 && !tryTake(bytes)) {
            return false;
        }
        guaranteed.addAndGet(bytes);
        return true;
    }

    void endGuarantee(long bytes) {
        guaranteed.addAndGet(-bytes);
        giveBack(bytes);
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /**
     * Changes the limit for what is to be taken, unless more is guaranteed.
     *
     * @param limit in bytes
     * @return false if more than that is guaranteed; nothing has changed then
     */
    public synchronized boolean trySetLimit(long limit) {
        if (limit < guaranteed.get()) {
            return false;
        }
        this.limit = limit;
        return true;
    }

    /**
     * Returns the limit.
     *
     * @return bytes
     */
    public long limit() {
        return limit;
    }

    /**
     * Returns the sum of all guarantees.
     *
     * @return bytes
     */
    public long guaranteed() {
        return guaranteed.get();
    }

    /**
     * Returns how much may still be taken.
     *
     * @return bytes; below zero after the limit was lowered
     */
    public long room() {
        return limit - taken.get();
    }
}
