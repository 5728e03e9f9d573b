/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of a pool at about one moment.
 *
 * @param taken when
 * @param statistics taken just before; of a parent, its children's included
 * @param parts the pool itself, then its children
 */
public record PoolPicture(Instant taken, PoolStatistics statistics, List<Part> parts) {

    /**
     * One pool without its children.
     *
     * @param name the pool's
     * @param sizeClasses what it has
     * @param sites where what is out was acquired, as far as that is known
     * @param slabs in the order of their numbers
     */
    public record Part(
            String name, List<SizeClassStatistics> sizeClasses, List<AcquisitionSite> sites, List<SlabPicture> slabs) {}
}
