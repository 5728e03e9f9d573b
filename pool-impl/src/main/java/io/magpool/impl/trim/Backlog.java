/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

/**
 * How much unused memory decay leaves at a moment: of what fell idle in each of the last steps, the part that the curve
 * has not taken yet. The arithmetic of jemalloc's {@code decay.h}. Has no clock: the caller says how much time has passed.
 */
final class Backlog {

    private static final int STEPS = 200;

    private final long stepNanos;
    private final long[] fellIdle = new long[STEPS]; // by age in steps
    private long sinceLastStep;
    private long idleBefore;

    Backlog(long totalNanos) {
        this.stepNanos = Math.max(1, totalNanos / STEPS);
    }

    /**
     * Goes on in time.
     *
     * @param elapsedNanos since the last call
     * @param idleBytes unused now
     * @return how many bytes of these may stay
     */
    long allow(long elapsedNanos, long idleBytes) {
        long passed = sinceLastStep + elapsedNanos;
        age((int) Math.min(STEPS, passed / stepNanos));
        sinceLastStep = passed % stepNanos;
        fellIdle[0] += Math.max(0, idleBytes - idleBefore);
        double allowed = 0;
        for (int age = 0; age < STEPS; age++) {
            allowed += fellIdle[age] * Smoothstep.at(1 - (double) age / STEPS);
        }
        idleBefore = idleBytes;
        return Math.min(idleBytes, (long) allowed);
    }

    private void age(int steps) {
        System.arraycopy(fellIdle, 0, fellIdle, steps, STEPS - steps);
        for (int i = 0; i < steps; i++) {
            fellIdle[i] = 0;
        }
    }

    /** Notes what is unused after memory went back: what takes the place of that has fallen idle later, and stays longer. */
    void settle(long idleBytes) {
        idleBefore = Math.min(idleBefore, idleBytes);
    }
}
