/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.impl.memory.Memory;
import java.util.Arrays;

/** Pages that got their first owner, as runs of neighbours in the order of their addresses. For one thread. */
public final class FreshRuns {

    private long[] runs = new long[16]; // start, end, start, end
    private int length;

    /** Starts without any. */
    public FreshRuns() {}

    void add(long start, long end) {
        if (length != 0 && runs[length - 1] == start) {
            runs[length - 1] = end;
            return;
        }
        if (length == runs.length) {
            runs = Arrays.copyOf(runs, 2 * length);
        }
        runs[length] = start;
        runs[length + 1] = end;
        length += 2;
    }

    /**
     * Makes them present.
     *
     * @param memory where they are
     */
    public void populate(Memory memory) {
        for (int i = 0; i < length; i += 2) {
            memory.populate(runs[i], runs[i + 1] - runs[i]);
        }
    }
}
