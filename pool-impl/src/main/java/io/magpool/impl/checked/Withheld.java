/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the ordinary pool takes for acquired and no user holds: its statistics ask here.
 *
 * @param quarantined released, and kept back for a while
 * @param lost became unreachable without a release, and not used again
 * @param mistakenRefusals acquires that the ordinary pool refused, but which were tried again
 */
public record Withheld(Tally quarantined, Tally lost, LongAdder mistakenRefusals) {

    /** Nothing. */
    public Withheld() {
        this(new Tally(), new Tally(), new LongAdder());
    }
}
