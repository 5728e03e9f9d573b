/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.util.OptionalLong;

/** What a trim did. */
public interface TrimReport {

    /**
     * Returns how much was to be given back: by the policy within its floor, or by hand what {@link TrimDepth} says. Less is
     * given back where the {@linkplain TrimPolicy#maxBytesPerSecond() rate} does not allow it yet, or where it came into use
     * meanwhile; more where a piece that can only go whole was the last one (see {@link TrimPolicy}).
     *
     * @return bytes
     */
    long askedBytes();

    /**
     * Returns how much the pool gave up, and counts against its limit no more. Not counted is what the system
     * had refused to take back before, and takes now.
     *
     * @return bytes
     */
    long advisedBytes();

    /**
     * Returns how much the process really had resident there before and has no more, by {@code mincore(2)}. Less than
     * what was given up where pages had never been written.
     *
     * @return bytes, or nothing where this cannot be told or was not looked at
     */
    OptionalLong goneBytes();

    /**
     * Counts the runs of neighbouring pages that were given back.
     *
     * @return a number of runs
     */
    long runs();

    /**
     * Counts calls into the operating system that gave memory back.
     *
     * @return a number of calls
     */
    long calls();

    /**
     * Returns how long the trim took.
     *
     * @return nanoseconds
     */
    long nanos();
}
