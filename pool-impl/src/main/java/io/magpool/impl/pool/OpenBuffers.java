/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.CloseReport;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import io.magpool.impl.checked.Withheld;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The buffers that users still hold, or lost, when a pool is closed; where that is known, and where they were acquired, that of
 * the most bytes first.
 *
 * @param summary in words, pool by pool
 */
record OpenBuffers(long acquiredBuffers, long acquiredBytes, String summary, List<AcquisitionSite> sites)
        implements CloseReport {

    private static final Comparator<AcquisitionSite> MOST_BYTES_FIRST =
            Comparator.comparingLong(AcquisitionSite::bytes).reversed();

    /** Adds what was still acquired from children: those that were empty are not mentioned. */
    OpenBuffers plus(List<OpenBuffers> children) {
        long buffers = acquiredBuffers;
        long bytes = acquiredBytes;
        StringBuilder text = new StringBuilder(summary);
        List<AcquisitionSite> places = new ArrayList<>(sites);
        for (OpenBuffers child : children) {
            if (child.acquiredBuffers != 0) {
                buffers += child.acquiredBuffers;
                bytes += child.acquiredBytes;
                text.append('\n').append(child.summary);
                places.addAll(child.sites);
            }
        }
        places.sort(MOST_BYTES_FIRST);
        return new OpenBuffers(buffers, bytes, text.toString(), List.copyOf(places));
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder(summary);
        for (AcquisitionSite site : sites) {
            text.append("\n  ").append(site.text());
        }
        return text.toString();
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
        String summary = "pool " + pool.name() + " was closed with " + buffers + " buffers still acquired, "
                + bytes + " bytes" + (buffers == 0 ? "" : ": " + sizes.substring(2) + " bytes");
        return new OpenBuffers(buffers, bytes, summary, withheld.places().now());
    }
}
