/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

/**
 * When to ask next for what may be expensive, as the walk through a large pool is: after nineteen times what it took last. So it
 * takes at most a twentieth of the time, whatever the pool's size. Has no clock, and is for one thread.
 */
final class Sparing {

    private static final long REST = 19;

    private long due;

    /**
     * Builds it so that it is due.
     *
     * @param now {@link System#nanoTime}
     */
    Sparing(long now) {
        this.due = now;
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }

    void asked(long from, long to) {
        due = to + REST * (to - from);
    }
}
