/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Picks one in n.
 *
 * <p>Threads count down in plain cells, which they find by their id, without a {@code ThreadLocal}. Threads that share a cell
 * may overwrite each other's count: then a sample comes somewhat earlier or later, which nobody can tell from chance. The
 * distance to the next sample is drawn at random around n, so that a program which acquires in a rhythm does not always have
 * the same of its acquisitions picked.
 *
 * <p>Rejected: one counter for all, whose cache line would wander between the cores at each acquire.
 */
final class Sampler {

    private static final int CELLS = 64;
    private static final int STRIDE = 128 / Integer.BYTES; // two cache lines: the prefetcher fetches pairs

    private final int rate;
    private final int[] left = new int[(CELLS + 1) * STRIDE];

    Sampler(int rate) {
        this.rate = rate;
        for (int cell = 0; cell < CELLS; cell++) {
            left[(cell + 1) * STRIDE] = draw();
        }
    }

    boolean picks() {
        int cell = (((int) Thread.currentThread().threadId() & (CELLS - 1)) + 1) * STRIDE;
        int now = left[cell] - 1;
        left[cell] = now;
        return now <= 0 && pick(cell);
    }

    private boolean pick(int cell) {
        left[cell] = draw();
        return true;
    }

    private int draw() {
        return (int) ThreadLocalRandom.current().nextLong(1, 2L * rate);
    }
}
