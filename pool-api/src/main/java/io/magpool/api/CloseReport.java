/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

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
     * @return one line of text for people
     */
    String description();
}
