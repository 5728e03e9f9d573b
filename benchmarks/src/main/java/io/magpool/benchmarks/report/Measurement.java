/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Run;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What came out of a run, for each operation, over the iterations of all rounds.
 *
 * <p>What disturbs an iteration (a neighbour on the processor's other hyperthread, an interrupt, the JIT) makes it slower and
 * never quicker, and lasts from milliseconds to seconds. So the first quartile says what the code costs, as long as a quarter
 * of the iterations was left alone; the third says how quiet the machine was.
 *
 * @param run what was measured
 * @param nanoseconds the first quartile: a quarter of the iterations took no longer
 * @param median half of the iterations took no longer
 * @param upper the third quartile
 * @param heapBytes bytes of Java heap that an operation allocates, the median
 */
public record Measurement(Run run, double nanoseconds, double median, double upper, double heapBytes) {

    private static final String HEAP_BYTES = "gc.alloc.rate.norm";

    /**
     * Reads JMH's result.
     *
     * @param run what was measured
     * @param result what came out, in nanoseconds for each operation
     * @return the same in short
     */
    public static Measurement of(Run run, RunResult result) {
        return of(run, scores(result, IterationResult::getPrimaryResult),
                scores(result, iteration -> iteration.getSecondaryResults().get(HEAP_BYTES)));
    }

    private static double[] scores(RunResult result, Function<IterationResult, @Nullable Result<?>> figure) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Result::getScore)
                .toArray();
    }

    /** The median of the bytes leaves out what the last iteration is charged for: the allocator's end. */
    static Measurement of(Run run, double[] scores, double[] heapBytes) {
        return new Measurement(run, quantile(scores, 0.25), quantile(scores, 0.5), quantile(scores, 0.75),
                quantile(heapBytes, 0.5));
    }

    /** Between two neighbours by linear interpolation. */
    private static double quantile(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        double below = sorted[(int) place];
        double above = sorted[(int) Math.ceil(place)];
        return below + (above - below) * (place - (int) place);
    }

    /**
     * Returns how far the quartiles lie apart.
     *
     * @return how much longer a quarter of the iterations took, or more, as a share of the first quartile
     */
    public double spread() {
        return upper / nanoseconds - 1;
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
