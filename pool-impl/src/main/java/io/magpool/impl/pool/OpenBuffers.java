/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.CloseReport;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;

/** Counts the buffers that users still hold. */
record OpenBuffers(long acquiredBuffers, long acquiredBytes, String description) implements CloseReport {

    static OpenBuffers count(MagazinePool pool) {
        PoolStatistics now = Census.take(pool);
        StringBuilder sizes = new StringBuilder();
        long buffers = 0;
        for (SizeClassStatistics sizeClass : now.sizeClasses()) {
            if (sizeClass.acquired() > 0) {
                buffers += sizeClass.acquired();
                sizes.append(", ").append(sizeClass.acquired()).append(" of ").append(sizeClass.chunkBytes());
            }
        }
        long large = pool.large().acquires() - pool.large().releases();
        if (large > 0) {
            buffers += large;
            sizes.append(", ").append(large).append(" large ones of together ").append(now.largeBytes());
        }
        String description = "pool " + pool.name() + " was closed with " + buffers + " buffers still acquired, "
                + now.acquiredBytes() + " bytes" + (buffers == 0 ? "" : ": " + sizes.substring(2) + " bytes");
        return new OpenBuffers(buffers, now.acquiredBytes(), description);
    }
}
