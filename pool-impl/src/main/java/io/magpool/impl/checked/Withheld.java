/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PooledBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * What the ordinary pool takes for acquired and no user holds: its statistics ask here.
 *
 * @param quarantined released, and kept back for a while
 * @param lost became unreachable without a release, and not used again
 * @param mistakenRefusals acquires that the ordinary pool refused, but which were tried again
 * @param isLarge tells of a buffer of the ordinary pool that it is no chunk, but has memory of its own
 * @param places where what is followed and out or lost was acquired
 */
public record Withheld(
        Tally quarantined,
        Tally lost,
        LongAdder mistakenRefusals,
        Predicate<PooledBuffer> isLarge,
        Places places) {

    /**
     * Builds it with nothing withheld yet.
     *
     * @param isLarge tells of a buffer of the ordinary pool that it is no chunk, but has memory of its own
     */
    public Withheld(Predicate<PooledBuffer> isLarge) {
        this(new Tally(isLarge), new Tally(isLarge), new LongAdder(), isLarge, new Places());
    }
}
