/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

/**
 * By which factor times differ that were measured in pairs: the geometric mean of the pairs' ratios, with the interval that
 * holds the true one at 95 % confidence (Student's t of the ratios' logarithms). What disturbs both halves of a pair alike
 * cancels out.
 *
 * @param ratio the mean
 * @param low the lower end of the interval
 * @param high the upper end
 */
public record PairedInterval(double ratio, double low, double high) {

    /** The 97.5 % quantiles of Student's t for 1, 2, 3 ... degrees of freedom. */
    private static final double[] QUANTILES =
            {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201,
                    2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060,
                    2.056, 2.052,
                    2.048, 2.045, 2.042};

    /**
     * Computes.
     *
     * @param before the first value of each pair, above 0
     * @param after the second value of each pair, in the same order
     * @return by which factor the second ones are larger
     * @throws IllegalArgumentException if there are fewer than two pairs, or their numbers differ
     */
    public static PairedInterval of(double[] before, double[] after) {
        int pairs = before.length;
        if (pairs < 2 || after.length != pairs) {
            throw new IllegalArgumentException(
                    before.length + " and " + after.length + " values: must be two pairs or more");
        }
        double[] logarithms = new double[pairs];
        double mean = 0;
        for (int i = 0; i < pairs; i++) {
            logarithms[i] = Math.log(after[i] / before[i]);
            mean += logarithms[i] / pairs;
        }
        double squares = 0;
        for (double logarithm : logarithms) {
            squares += (logarithm - mean) * (logarithm - mean);
        }
        double half = quantile(pairs - 1) * Math.sqrt(squares / (pairs - 1) / pairs);
        return new PairedInterval(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half));
    }

    /** Beyond the table its last value, which is a little too large and so on the safe side. */
    private static double quantile(int degreesOfFreedom) {
        return QUANTILES[Math.min(degreesOfFreedom, QUANTILES.length) - 1];
    }

    /**
     * Says what follows.
     *
     * @return a word or two
     */
    public String verdict() {
        if (low > 1) {
            return "slower";
        }
        return high < 1 ? "faster" : "no difference shown";
    }
}
