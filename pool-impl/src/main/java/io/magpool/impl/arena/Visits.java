/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often threads had to go beyond an arena's depot for chunks of a size class.
 *
 * @param refills magazines filled from slabs
 * @param carves slabs cut
 * @param steals magazines taken from neighbours
 */
record Visits(LongAdder refills, LongAdder carves, LongAdder steals) {

    Visits() {
        this(new LongAdder(), new LongAdder(), new LongAdder());
    }
}
