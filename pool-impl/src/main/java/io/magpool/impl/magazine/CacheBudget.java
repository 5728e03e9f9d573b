/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.SizeClasses;

/**
 * Which size classes a thread cache uses, how much memory their pairs may hold at most, and which was exchanged longest ago. Counts
 * at exchanges only, by the capacity of the pairs. Pure arithmetic; belongs to the cache's owner.
 */
final class CacheBudget {

    private final long limit;
    private final long[] heldBytes = new long[SizeClasses.COUNT];
    private final long[] lastExchange = new long[SizeClasses.COUNT];
    private long exchanges;
    private long total;

    CacheBudget(long limit) {
        this.limit = limit;
    }

    void exchanged(int sizeClass, int pairCapacity) {
        exchanges++;
        lastExchange[sizeClass] = exchanges;
        if (heldBytes[sizeClass] == 0) {
            heldBytes[sizeClass] = (long) pairCapacity * SizeClasses.bytes(sizeClass);
            total += heldBytes[sizeClass];
        }
    }

    void gaveUp(int sizeClass) {
        total -= heldBytes[sizeClass];
        heldBytes[sizeClass] = 0;
    }

    int victim(int except) {
        int oldest = -1;
        for (int i = 0; total > limit && i < SizeClasses.COUNT; i++) {
            if (i != except && heldBytes[i] != 0 && (oldest < 0 || lastExchange[i] < lastExchange[oldest])) {
                oldest = i;
            }
        }
        return oldest;
    }

    long limit() {
        return limit;
    }

    long exchanges() {
        return exchanges;
    }
}
