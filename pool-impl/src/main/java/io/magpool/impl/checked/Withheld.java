/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PoolConfig;

/**
 * Between the ordinary pool and the checks in front of it: what the pool takes for acquired and no user holds, for its statistics; what
 * it can have back; and what it hands over.
 *
 * @param quarantined released, and kept back for a while
 * @param lost became unreachable without a release, and not used again
 * @param relief gives back what is in quarantine, when it is asked
 * @param isLarge tells of a buffer of the ordinary pool that it is no chunk, but has memory of its own
 * @param places where what is followed and out or lost was acquired
 * @param samples what is picked to be followed
 */
public record Withheld(
        Tally quarantined,
        Tally lost,
        Relief relief,
        LargeKind isLarge,
        Places places,
        Samples samples) {

    /**
     * Builds it with nothing withheld yet.
     *
     * @param isLarge tells of a buffer of the ordinary pool that it is no chunk, but has memory of its own
     * @param config says what is followed
     */
    public Withheld(LargeKind isLarge, PoolConfig config) {
        this(new Tally(isLarge), new Tally(isLarge), new Relief(), isLarge, new Places(), new Samples(config));
    }
}
