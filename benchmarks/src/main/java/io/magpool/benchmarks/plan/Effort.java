/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import java.time.Duration;

/**
 * How long each run takes.
 *
 * @param rounds how often everything is measured, each time in new JVMs
 * @param warmups iterations that do not count
 * @param iterations iterations that count
 * @param iteration how long an iteration takes
 * @param forked whether each run has a JVM of its own, with the row's flags
 */
public record Effort(int rounds, int warmups, int iterations, Duration iteration, boolean forked) {

    /** What a run takes beside its iterations: the start of a JVM, two collections for each iteration, the end. */
    private static final Duration FORK = Duration.ofMillis(1400);
    private static final Duration NO_FORK = Duration.ofMillis(150);

    private static final Duration SHORTEST = Duration.ofMillis(40);
    private static final Duration LONGEST = Duration.ofMillis(300);

    /**
     * Shares a budget of time.
     *
     * @param budget how long all runs together may take
     * @param runs how many there are
     * @return one round of forked runs, with iterations of 40 to 300 ms
     */
    static Effort within(Duration budget, int runs) {
        int warmups = 4;
        int iterations = 7;
        Duration share = budget.dividedBy(Math.max(1, runs)).minus(FORK).dividedBy(warmups + iterations);
        return new Effort(1, warmups, iterations, clamp(share), true);
    }

    private static Duration clamp(Duration share) {
        return Duration.ofMillis(Math.clamp(share.toMillis(), SHORTEST.toMillis(), LONGEST.toMillis()));
    }

    /**
     * Estimates how long the runs take.
     *
     * @param runs how many there are
     * @return a time
     */
    Duration of(int runs) {
        Duration run = iteration.multipliedBy(warmups + iterations).plus(forked ? FORK : NO_FORK);
        return run.multipliedBy(runs).multipliedBy(rounds);
    }
}
