/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.CloseReport;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ordinary pool reports when it is closed, and where it was acquired: of the pool and its children together, that of the most
 * bytes first.
 *
 * @param acquiredBuffers still acquired
 * @param acquiredBytes of these
 * @param summary in words, pool by pool
 * @param sites all of them
 */
public record FollowedClose(long acquiredBuffers, long acquiredBytes, String summary, List<AcquisitionSite> sites)
        implements CloseReport {

    static FollowedClose of(CloseReport ordinary, List<AcquisitionSite> sites) {
        List<AcquisitionSite> all = new ArrayList<>(sites);
        all.addAll(ordinary.sites());
        all.sort(Ledger.MOST_BYTES_FIRST);
        return new FollowedClose(
                ordinary.acquiredBuffers(), ordinary.acquiredBytes(), ordinary.description(), List.copyOf(all));
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder(summary);
        for (AcquisitionSite site : sites) {
            text.append("\n  ").append(site.text());
        }
        return text.toString();
    }
}
