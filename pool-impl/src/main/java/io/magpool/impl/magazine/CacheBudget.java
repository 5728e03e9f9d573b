/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.SizeClasses;

/**
 * How much memory a thread cache may hold, and which of its size classes was exchanged longest ago. Looked at when magazines
 * are exchanged, which each class passes before it holds anything. Pure arithmetic; belongs to the cache's owner.
 */
final class CacheBudget {

    private final long limit;
    private final long[] lastExchange = new long[SizeClasses.COUNT];
    private final long[] exchangesOf = new long[SizeClasses.COUNT];
    private long inUse; // a bit for each size class
    private long exchanges;

    CacheBudget(long limit) {
        this.limit = limit;
    }

    void exchanged(int sizeClass) {
        exchanges++;
        lastExchange[sizeClass] = exchanges;
        exchangesOf[sizeClass]++;
        inUse |= 1L << sizeClass;
    }

    void gaveUp(int sizeClass) {
        inUse &= ~(1L << sizeClass);
    }

    /** Returns the classes that may hold anything, a bit for each. Most threads use few sizes, and the others need no look. */
    long inUse() {
        return inUse;
    }

    /** Tells which class to give up, or -1 if the cache is within its budget or uses no other class than the one excepted. */
    int victim(int except, long cachedBytes) {
        if (cachedBytes <= limit) {
            return -1;
        }
        int oldest = -1;
        for (long left = inUse & ~(1L << except); left != 0; left &= left - 1) {
            int candidate = Long.numberOfTrailingZeros(left);
            if (oldest < 0 || lastExchange[candidate] < lastExchange[oldest]) {
                oldest = candidate;
            }
        }
        return oldest;
    }

    long exchanges() {
        return exchanges;
    }

    long exchanges(int sizeClass) {
        return exchangesOf[sizeClass];
    }
}
