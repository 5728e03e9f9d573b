/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.SizeClassStatistics;
import java.util.List;

/**
 * What closed children have counted, which lives on in their parent's counters. They have nothing else any more.
 *
 * @param counts of them together
 * @param sizeClasses the same by size class; empty if there was no child
 */
record Gone(Counts counts, List<SizeClassStatistics> sizeClasses) {

    static final Gone NOBODY = new Gone(Counts.NONE, List.of());

    Gone and(Census empty) {
        return new Gone(counts.plus(empty.counts()), addedTo(empty.sizeClasses()));
    }

    List<SizeClassStatistics> addedTo(List<SizeClassStatistics> others) {
        return sizeClasses.isEmpty() ? others : SlabWalk.sums(others, sizeClasses);
    }
}
