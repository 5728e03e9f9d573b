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

    private static final long NOT_IN_USE = 0;

    private final long limit;
    private final long[] lastExchange = new long[SizeClasses.COUNT];
    private long exchanges;

    CacheBudget(long limit) {
        this.limit = limit;
    }

    void exchanged(int sizeClass) {
        exchanges++;
        lastExchange[sizeClass] = exchanges;
    }

    void gaveUp(int sizeClass) {
        lastExchange[sizeClass] = NOT_IN_USE;
    }

    /** Tells which class to give up, or -1 if the cache is within its budget or uses no other class than the one excepted. */
    int victim(int except, long cachedBytes) {
        int oldest = -1;
        for (int i = 0; cachedBytes > limit && i < SizeClasses.COUNT; i++) {
            boolean candidate = i != except && lastExchange[i] != NOT_IN_USE;
            if (candidate && (oldest < 0 || lastExchange[i] < lastExchange[oldest])) {
                oldest = i;
            }
        }
        return oldest;
    }

    long exchanges() {
        return exchanges;
    }
}
