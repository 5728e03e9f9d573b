/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

/**
 * Maps values to pixels so that equal factors have equal lengths.
 *
 * @param least the value at the start
 * @param most the value at the end
 * @param start a pixel
 * @param end a pixel, before or after the start
 */
record LogScale(double least, double most, double start, double end) {

    double pixel(double value) {
        return start + (end - start) * Math.log(value / least) / Math.log(most / least);
    }
}
