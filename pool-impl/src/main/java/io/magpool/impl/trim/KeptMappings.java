/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.impl.slab.Purge;

/** The large buffers of a pool, as a trimmer sees them: mappings in use, and mappings kept for the next buffer. */
public interface KeptMappings {

    /**
     * What there is.
     *
     * @param chargedBytes in use or kept
     * @param keptBytes kept
     * @param oldBytes of these, what has been kept for a whole interval
     */
    record Holdings(long chargedBytes, long keptBytes, long oldBytes) {}

    /**
     * Measures.
     *
     * @param oldNanos how long an interval is
     * @return a recent figure
     */
    Holdings measure(long oldNanos);

    /**
     * Gives kept mappings back that a budget allows, the oldest first; where it covers none, the smallest. A rate
     * is exceeded by one, whatever its size: else what is large would never go where smaller ones use the rate up.
     *
     * @param purge the budget and the bill
     * @param oldNanos what has been kept for less stays
     */
    void trim(Purge purge, long oldNanos);

    /**
     * Tells whether there is anything to watch.
     *
     * @return false if a tick could find nothing here
     */
    boolean isAnythingToWatch();
}
