/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart.
 *
 * @param logarithmic whether equal factors have equal lengths, rather than equal differences
 * @param least the value at its start; above 0 if logarithmic
 * @param most the value at its end
 * @param ticks where the grid has lines
 */
public record Axis(boolean logarithmic, double least, double most, List<Tick> ticks) {

    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int INTERVALS = 6;

    /** Makes an immutable copy. */
    public Axis {
        ticks = List.copyOf(ticks);
    }

    /**
     * A line of the grid.
     *
     * @param value where
     * @param label what stands beside it
     */
    public record Tick(double value, String label) {}

    /**
     * Begins at 0, with equal steps of a round number.
     *
     * @param most a value that shall be on the axis
     * @param unit what follows each number
     * @return an axis that ends at a line of the grid
     */
    public static Axis linear(double most, String unit) {
        double step = roundStep(Math.max(most, 1e-9) / INTERVALS);
        List<Tick> ticks = new ArrayList<>();
        long intervals = Math.max(1, (long) Math.ceil(most / step - 1e-9));
        for (long i = 0; i <= intervals; i++) {
            ticks.add(new Tick(i * step, number(i * step) + unit));
        }
        return new Axis(false, 0, intervals * step, ticks);
    }

    private static double roundStep(double atLeast) {
        double decade = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double step : STEPS) {
            if (step * decade >= atLeast * (1 - 1e-9)) {
                return step * decade;
            }
        }
        return 10 * decade;
    }

    /**
     * Shows sizes, with a line for each factor of 8.
     *
     * @param least bytes
     * @param most bytes, more than the least
     * @return a logarithmic axis
     */
    public static Axis bytes(long least, long most) {
        List<Tick> ticks = new ArrayList<>();
        for (long size = Long.highestOneBit(least); size <= most; size *= 8) {
            ticks.add(new Tick(size, Sizes.shortest(size)));
        }
        return new Axis(true, least, Math.max(most, 2 * least), ticks);
    }

    /**
     * Shows values of several powers of ten.
     *
     * @param least the least value, above 0
     * @param most the largest value
     * @param unit what follows each number
     * @return a logarithmic axis between powers of ten
     */
    public static Axis powersOfTen(double least, double most, String unit) {
        double start = Math.pow(10, Math.floor(Math.log10(least)));
        double end = Math.max(10 * start, Math.pow(10, Math.ceil(Math.log10(most) - 1e-9)));
        List<Tick> ticks = new ArrayList<>();
        for (double value = start; value <= end * 1.001; value *= 10) {
            ticks.add(new Tick(value, number(value) + unit));
        }
        return new Axis(true, start, end, ticks);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "");
    }

    /** Returns where a value is between two pixels; one beyond the ends is drawn at the end. */
    double pixel(double value, double start, double end) {
        double clamped = Math.clamp(value, least, most);
        return logarithmic
                ? new LogScale(least, most, start, end).pixel(clamped)
                : start + (end - start) * (clamped - least) / (most - least);
    }
}
