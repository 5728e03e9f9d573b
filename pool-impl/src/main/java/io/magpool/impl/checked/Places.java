/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.AcquisitionSite;
import java.util.List;
import java.util.function.Supplier;

/** Where what is followed and out or lost was acquired; nothing before somebody follows. */
public final class Places {

    private volatile Supplier<List<AcquisitionSite>> list = List::of;

    /** Builds it empty. */
    public Places() {}

    void listedBy(Supplier<List<AcquisitionSite>> newList) {
        list = newList;
    }

    /**
     * Lists them, that of the most bytes first.
     *
     * @return a snapshot
     */
    public List<AcquisitionSite> now() {
        return list.get();
    }
}
