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
        double half = StudentT.half(logarithms, mean);
        return new PairedInterval(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half));
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
