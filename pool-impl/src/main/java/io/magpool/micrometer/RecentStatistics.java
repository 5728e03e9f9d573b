/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.micrometer;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolStatistics;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the meters of one scrape share one walk through the pool: so they are of one moment, add up, and cost one walk instead of
 * thirty. A snapshot serves for a tenth of a second after the walk, however long that took: longer than the rest of a scrape takes and
 * shorter than any interval between two.
 */
final class RecentStatistics {

    static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier nanoTime;
    private @Nullable PoolStatistics latest; // guarded by this
    private long taken; // guarded by this

    RecentStatistics(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized PoolStatistics of(BufferPool pool) {
        PoolStatistics recent = latest;
        if (recent == null || nanoTime.getAsLong() - taken > MAX_AGE) {
            recent = pool.statistics();
            latest = recent;
            taken = nanoTime.getAsLong();
        }
        return recent;
    }
}
