/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.os.LinuxCalls;

/** Arithmetic of scattered survivors. */
final class Occupancy {

    private Occupancy() {}

    /**
     * Returns which share of the pages has to stay when buffers survive at random, each as likely as the others: those
     * that a survivor lies on.
     *
     * @param size bytes of a buffer, a power of two
     * @param survivors the share that survives
     * @return a share; no allocator that cannot move buffers can do better
     */
    static double ofPages(int size, double survivors) {
        int neighbours = Math.max(1, LinuxCalls.PAGE / size);
        return 1 - Math.pow(1 - survivors, neighbours);
    }
}
