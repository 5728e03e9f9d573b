/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.Arrays;

/**
 * A mean, and how far from it the true one may be at 95 % confidence.
 *
 * @param mean the arithmetic mean
 * @param half half of the interval's width; not a number if there is one value only
 */
public record MeanInterval(double mean, double half) {

    /**
     * Computes.
     *
     * @param values at least one
     * @return their mean with its interval
     * @throws IllegalArgumentException if there is no value
     */
    public static MeanInterval of(double... values) {
        double mean = Arrays.stream(values)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no values: must be one or more"));
        return new MeanInterval(mean, values.length < 2 ? Double.NaN : StudentT.half(values, mean));
    }
}
