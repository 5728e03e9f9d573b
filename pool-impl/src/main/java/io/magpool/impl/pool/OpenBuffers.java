/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.CloseReport;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.checked.FollowedClose;
import io.magpool.impl.checked.Withheld;
import java.util.ArrayList;
import java.util.List;

/** Counts the buffers that users still hold, or lost. */
record OpenBuffers(long acquiredBuffers, long acquiredBytes, String description, List<AcquisitionSite> sites)
        implements CloseReport {

    /** Adds what was still acquired from children: those that were empty are not mentioned. Where is sorted over all later. */
    OpenBuffers plus(List<CloseReport> children) {
        long buffers = acquiredBuffers;
        long bytes = acquiredBytes;
        StringBuilder text = new StringBuilder(description);
        List<AcquisitionSite> places = new ArrayList<>();
        for (CloseReport child : children) {
            if (child.acquiredBuffers() != 0) {
                buffers += child.acquiredBuffers();
                bytes += child.acquiredBytes();
                text.append('\n')
                        .append(child instanceof FollowedClose followed ? followed.summary() : child.description());
                places.addAll(child.sites());
            }
        }
        return new OpenBuffers(buffers, bytes, text.toString(), List.copyOf(places));
    }

    static OpenBuffers count(MagazinePool pool) {
        PoolStatistics now = Census.of(pool, false);
        StringBuilder sizes = new StringBuilder();
        long buffers = 0;
        for (SizeClassStatistics sizeClass : now.sizeClasses()) {
            long out = sizeClass.acquired() + sizeClass.lost();
            if (out > 0) {
                buffers += out;
                sizes.append(", ").append(out).append(" of ").append(sizeClass.chunkBytes());
            }
        }
        Withheld withheld = pool.withheld();
        long large = pool.large().acquires() - pool.large().releases() - withheld.quarantined().large();
        if (large > 0) {
            buffers += large;
            sizes.append(", ").append(large).append(" large ones of together ")
                    .append(now.largeBytes() + withheld.lost().largeBytes());
        }
        long bytes = now.acquiredBytes() + now.lostBytes();
        String description = "pool " + pool.name() + " was closed with " + buffers + " buffers still acquired, "
                + bytes + " bytes" + (buffers == 0 ? "" : ": " + sizes.substring(2) + " bytes");
        return new OpenBuffers(buffers, bytes, description, List.of());
    }
}
