/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Case;
import io.magpool.benchmarks.rows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The table of the comparison: a line for each case, a column for each allocator, then Magpool's ratios. */
final class ComparisonTable {

    private static final String NOTHING = "-";

    private ComparisonTable() {}

    static Table of(Measurements measurements) {
        List<Row> rows = measurements.rows();
        List<List<String>> lines = new ArrayList<>();
        for (Case question : measurements.cases()) {
            lines.add(line(measurements, question, rows));
        }
        return new Table(head(rows), lines);
    }

    private static List<String> head(List<Row> rows) {
        List<String> head = new ArrayList<>(List.of("ns per operation", "threads"));
        rows.forEach(row -> head.add(row.label().replace(' ', '\n').replace("\n*", " *")));
        head.addAll(List.of("time of\nMagpool\n: Netty", "time of\nMagpool\n: floor", "Magpool\nB/op"));
        return head;
    }

    private static List<String> line(Measurements measurements, Case question, List<Row> rows) {
        List<String> line = new ArrayList<>(List.of(question.label(), question.threadsLabel()));
        rows.forEach(row -> line.add(time(measurements.find(question, row))));
        line.add(ratio(measurements.ratioToNetty(question)));
        line.add(ratio(measurements.ratioToFloor(question)));
        line.add(heapBytes(measurements.find(question, Row.MAGPOOL)));
        return line;
    }

    static String time(@Nullable Measurement measurement) {
        if (measurement == null) {
            return NOTHING;
        }
        double time = measurement.nanoseconds();
        String digits = String.format(Locale.ROOT, time < 5 ? "%.2f" : time < 100 ? "%.1f" : "%,.0f", time);
        return String.format(Locale.ROOT, "%s +%.0f%%", digits, 100 * measurement.spread());
    }

    static String ratio(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : NOTHING;
    }

    /** An iteration allocates a few objects of JMH's own, which are some thousandths of a byte for each operation. */
    private static String heapBytes(@Nullable Measurement measurement) {
        return measurement == null ? NOTHING : String.format(Locale.ROOT, "%.1f", measurement.heapBytes());
    }
}
