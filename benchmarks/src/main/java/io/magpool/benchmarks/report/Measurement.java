/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Run;
import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What came out of a run.
 *
 * @param run what was measured
 * @param nanoseconds the median over the iterations of all rounds, for each operation
 * @param least the quickest iteration
 * @param most the slowest iteration
 * @param heapBytes bytes of Java heap that an operation allocates
 */
public record Measurement(Run run, double nanoseconds, double least, double most, double heapBytes) {

    private static final String HEAP_BYTES = "gc.alloc.rate.norm";

    /**
     * Reads JMH's result.
     *
     * @param run what was measured
     * @param result what came out, in nanoseconds for each operation
     * @return the same in short
     */
    public static Measurement of(Run run, RunResult result) {
        double[] scores = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray();
        Result<?> heapBytes = result.getSecondaryResults().get(HEAP_BYTES);
        return of(run, scores, heapBytes == null ? Double.NaN : heapBytes.getScore());
    }

    static Measurement of(Run run, double[] scores, double heapBytes) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
        return new Measurement(run, median, sorted[0], sorted[last], heapBytes);
    }

    /**
     * Returns how far the iterations lie apart.
     *
     * @return half of the range, as a share of the median
     */
    public double spread() {
        return (most - least) / 2 / nanoseconds;
    }

    /**
     * Joins the forks of several rounds of one run.
     *
     * @param rounds at least one result, all of the same parameters
     * @return one result
     */
    public static RunResult merge(Collection<RunResult> rounds) {
        return new RunResult(rounds.iterator().next().getParams(),
                rounds.stream().flatMap(round -> round.getBenchmarkResults().stream()).toList());
    }
}
