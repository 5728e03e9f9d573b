/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Times that were measured in pairs: of two builds, or without something and with it. */
public final class Pairs {

    private final List<Double> before = new ArrayList<>();
    private final List<Double> after = new ArrayList<>();

    /**
     * Adds a pair.
     *
     * @param first nanoseconds of what is compared with
     * @param second nanoseconds of what is compared
     */
    public void add(double first, double second) {
        before.add(first);
        after.add(second);
    }

    /** Returns both medians, the ratio, its interval, the number of pairs, and the verdict: "-" for what two pairs need. */
    List<String> cells() {
        double[] firsts = array(before);
        double[] seconds = array(after);
        List<String> cells = new ArrayList<>(List.of(number(median(firsts)), number(median(seconds))));
        String pairs = Integer.toString(firsts.length);
        if (firsts.length < 2) {
            cells.addAll(List.of("-", "-", pairs, "-"));
        } else {
            PairedInterval interval = PairedInterval.of(firsts, seconds);
            cells.add(String.format(Locale.ROOT, "%.3f", interval.ratio()));
            cells.add(String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high()));
            cells.add(pairs);
            cells.add(interval.verdict());
        }
        return cells;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
    }

    private static String number(double nanoseconds) {
        return String.format(Locale.ROOT, "%,.1f", nanoseconds);
    }
}
