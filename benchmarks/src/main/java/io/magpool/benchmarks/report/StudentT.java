/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

/** Student's t, by which few measurements tell how far their mean may be from the truth. */
final class StudentT {

    /** The 97.5 % quantiles for 1, 2, 3 ... degrees of freedom. */
    private static final double[] QUANTILES =
            {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201,
                    2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060,
                    2.056, 2.052,
                    2.048, 2.045, 2.042};

    private StudentT() {}

    /** Beyond the table its last value, which is a little too large and so on the safe side. */
    private static double quantile(int degreesOfFreedom) {
        return QUANTILES[Math.min(degreesOfFreedom, QUANTILES.length) - 1];
    }

    /** Returns half of the width of the interval around the mean that holds the true one at 95 % confidence. */
    static double half(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return quantile(values.length - 1) * Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
