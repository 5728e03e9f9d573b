/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.slab.SizeClasses;
import java.util.concurrent.atomic.AtomicLongArray;

/** How often something happened to what is of each size class, or large. For what is rare: all threads share the words. */
final class CountByClass {

    private final AtomicLongArray counts = new AtomicLongArray(SizeClasses.COUNT + 1); // the last one of what is large

    /** Of a size class, or {@link SizeClasses#COUNT} for what is large. */
    void count(int sizeClass) {
        counts.incrementAndGet(sizeClass);
    }

    long of(int sizeClass) {
        return counts.get(sizeClass);
    }

    /** Large ones too. */
    long sum() {
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }
}
