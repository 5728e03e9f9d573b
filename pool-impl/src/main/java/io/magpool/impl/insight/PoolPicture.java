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
 * @param sizeClasses of the pool without its children, as are the sites and the slabs
 * @param sites where what is out was acquired, as far as that is known
 * @param slabs in the order of their numbers
 */
public record PoolPicture(
        Instant taken,
        PoolStatistics statistics,
        List<SizeClassStatistics> sizeClasses,
        List<AcquisitionSite> sites,
        List<SlabPicture> slabs) {}
