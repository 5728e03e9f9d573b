/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.util.List;

/** What was still acquired when a pool was closed. */
public interface CloseReport {

    /**
     * Counts the buffers that were still acquired.
     *
     * @return a number of buffers; 0 if the pool was empty
     */
    long acquiredBuffers();

    /**
     * Adds up the capacities of the buffers that were still acquired.
     *
     * @return bytes
     */
    long acquiredBytes();

    /**
     * Says the same in words, by size.
     *
     * @return text for people: one line, and the stacks below it where they are known
     */
    String description();

    /**
     * Says where buffers that were still acquired, or lost, had been acquired, as far as that was remembered.
     *
     * @return the places, that of the most bytes first
     */
    default List<AcquisitionSite> sites() {
        return List.of();
    }
}
