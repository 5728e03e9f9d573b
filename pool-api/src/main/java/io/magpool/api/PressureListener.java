/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

/** Is told when the bytes in use cross a watermark. */
@FunctionalInterface
public interface PressureListener {

    /** Which watermark was crossed. */
    enum Level {
        /** The bytes in use rose above the high watermark. */
        HIGH,
        /** The bytes in use fell below the low watermark, after they had been above the high one. */
        LOW
    }

    /**
     * Is called on the thread that acquired, released or trimmed, which may be the one that trims for all pools, so it must
     * be short and must not wait. Calls of one registration alternate, the first is {@link Level#HIGH}, and they do not overlap. An exception is logged, and does not reach the
     * thread that is called on.
     *
     * @param level which watermark was crossed
     * @param bytesInUse the figure that crossed it
     */
    void crossed(Level level, long bytesInUse);
}
