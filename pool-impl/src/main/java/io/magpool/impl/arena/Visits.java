/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often threads had to go beyond an arena's depot for chunks of a size class. No adders, which allocate: who counts has a
 * magazine in hand.
 *
 * @param refills magazines filled from slabs
 * @param carves slabs cut
 * @param steals magazines taken from neighbours
 */
record Visits(AtomicLong refills, AtomicLong carves, AtomicLong steals) {

    Visits() {
        this(new AtomicLong(), new AtomicLong(), new AtomicLong());
    }
}
