/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.CloseReport;
import java.util.ArrayList;
import java.util.List;

/** What the ordinary pool reports when it is closed, and where it was acquired. */
record FollowedClose(long acquiredBuffers, long acquiredBytes, String description, List<AcquisitionSite> sites)
        implements CloseReport {

    static FollowedClose of(CloseReport ordinary, List<AcquisitionSite> sites) {
        StringBuilder text = new StringBuilder(ordinary.description());
        for (AcquisitionSite site : sites) {
            text.append("\n  ").append(site.text());
        }
        List<AcquisitionSite> all = new ArrayList<>(sites);
        all.addAll(ordinary.sites());
        return new FollowedClose(
                ordinary.acquiredBuffers(), ordinary.acquiredBytes(), text.toString(), List.copyOf(all));
    }
}
