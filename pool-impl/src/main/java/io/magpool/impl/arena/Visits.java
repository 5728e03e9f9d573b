/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often threads had to go beyond an arena's depot for chunks of a size class, and what went back. No adders, which allocate: who counts has a
 * magazine in hand.
 *
 * @param refills magazines filled from slabs
 * @param carves slabs cut
 * @param steals magazines taken from neighbours
 * @param trimmed bytes that a trim gave back of its slabs
 */
record Visits(AtomicLong refills, AtomicLong carves, AtomicLong steals, AtomicLong trimmed) {

    Visits() {
        this(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
    }
}
