/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.util.Arrays;

/** Runs of neighbouring pages, in the order in which they were added. For one thread. */
public final class PageRuns {

    private long[] bounds = new long[16]; // start, end, start, end
    private int length;

    /** Starts without any. */
    public PageRuns() {}

    /**
     * Adds pages: to the last run if they follow it, else as a run of their own.
     *
     * @param start the address of the first
     * @param end the address behind the last
     */
    public void add(long start, long end) {
        if (length != 0 && bounds[length - 1] == start) {
            bounds[length - 1] = end;
            return;
        }
        if (length == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * length);
        }
        bounds[length] = start;
        bounds[length + 1] = end;
        length += 2;
    }

    /** Forgets all runs. */
    public void clear() {
        length = 0;
    }

    /**
     * Counts them.
     *
     * @return a number of runs
     */
    public int count() {
        return length / 2;
    }

    /**
     * Returns where a run begins.
     *
     * @param run its index
     * @return an address
     */
    public long address(int run) {
        return bounds[2 * run];
    }

    /**
     * Returns how long a run is.
     *
     * @param run its index
     * @return bytes
     */
    public long bytes(int run) {
        return bounds[2 * run + 1] - bounds[2 * run];
    }

    /**
     * Makes them present.
     *
     * @param memory where they are
     */
    public void populate(Memory memory) {
        for (int run = 0; run < count(); run++) {
            memory.populate(address(run), bytes(run));
        }
    }
}
