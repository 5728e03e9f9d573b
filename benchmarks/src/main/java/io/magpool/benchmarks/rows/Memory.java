/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

/** What the buffers of a benchmark are made of. */
public enum Memory {
    /** Direct buffers. */
    OFF_HEAP,
    /** Java arrays. */
    HEAP
}
