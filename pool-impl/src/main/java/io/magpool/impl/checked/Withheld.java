/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

/**
 * What the ordinary pool takes for acquired and no user holds: its statistics ask here.
 *
 * @param quarantined released, and kept back for a while
 * @param lost became unreachable without a release, and not used again
 * @param relief gives back what is in quarantine, when it is asked
 * @param isLarge tells of a buffer of the ordinary pool that it is no chunk, but has memory of its own
 * @param places where what is followed and out or lost was acquired
 */
public record Withheld(
        Tally quarantined,
        Tally lost,
        Relief relief,
        LargeKind isLarge,
        Places places) {

    /**
     * Builds it with nothing withheld yet.
     *
     * @param isLarge tells of a buffer of the ordinary pool that it is no chunk, but has memory of its own
     */
    public Withheld(LargeKind isLarge) {
        this(new Tally(isLarge), new Tally(isLarge), new Relief(), isLarge, new Places());
    }
}
