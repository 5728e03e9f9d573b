/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** How far a {@linkplain BufferPool#trim trim by hand} goes. */
public enum TrimDepth {
    /**
     * What nobody has touched since the last look, be it the policy's or that of a trim by hand. A new interval begins with it,
     * so two in a row give back all that was not used in between.
     */
    GENTLE,
    /**
     * All that nobody uses at present, also what threads have at hand, and what is in quarantine (see
     * {@link PoolConfig#quarantineBytes()}). They pay for it with their next acquires.
     */
    FULL
}
