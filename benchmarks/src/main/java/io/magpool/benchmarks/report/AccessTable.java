/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Case;
import io.magpool.benchmarks.plan.Effort;
import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.rows.JvmFlags;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The table of what is done to a buffer: Magpool's beside Netty's, whose columns are there with Unsafe and without. */
public final class AccessTable {

    private static final List<Row> NETTYS = List.of(Row.ADAPTIVE, Row.POOLED);

    private AccessTable() {}

    /**
     * Builds the table.
     *
     * @param measurements what was measured
     * @param effort how long each run took
     * @param provenance where the figures come from
     * @return a table
     */
    public static NotedTable of(Measurements measurements, Effort effort, Provenance provenance) {
        List<String> head = List.of("ns per operation", "threads", "Magpool", "Netty\nadaptive", "Netty\npooled",
                "adaptive\nwithout\nUnsafe", "pooled\nwithout\nUnsafe", "time of\nMagpool : Netty\nwith Unsafe",
                "time of\nMagpool : Netty\nwithout");
        List<List<String>> lines = new ArrayList<>();
        measurements.cases().forEach(question -> lines.add(line(measurements, question)));
        List<String> notes = List.of(
                "First quartile of " + effort.iterations() + " iterations of " + effort.iteration().toMillis()
                        + " ms in a JVM for each cell, and how far above it the third one is.",
                "Magpool never uses Unsafe. The ratios are Magpool's time to that of the quicker one of Netty's two:"
                        + " less is better, above 1 Magpool loses.",
                "get and set: at random indices of a buffer of 4 KiB, with Netty's checks as they are by default. Growth: 256"
                        + " writes of 256 bytes and the release. Pairs: acquire, touch both ends, release.",
                "Machine: " + provenance.hardware() + ". " + provenance.software() + ".",
                "Flags of all columns: " + String.join(" ", JvmFlags.common()),
                "Also, for Netty's: " + String.join(" ", JvmFlags.NETTY.own()),
                "Also, for those without Unsafe: " + String.join(" ", Setting.WITHOUT_UNSAFE.flags()),
                "Also, for Magpool: " + String.join(" ", JvmFlags.MAGPOOL.own()),
                "Command: " + provenance.command() + " (" + provenance.date() + ")");
        return new NotedTable(new Table(head, lines), notes);
    }

    private static List<String> line(Measurements measurements, Case question) {
        List<String> line = new ArrayList<>(List.of(question.label(), question.threadsLabel()));
        line.add(ComparisonTable.time(measurements.find(question, Row.MAGPOOL)));
        for (Setting setting : List.of(Setting.PLAIN, Setting.WITHOUT_UNSAFE)) {
            NETTYS.forEach(row -> line.add(ComparisonTable.time(measurements.find(new Run(question, row, setting)))));
        }
        line.add(ComparisonTable.ratio(ratioToNetty(measurements, question, Setting.PLAIN)));
        line.add(ComparisonTable.ratio(ratioToNetty(measurements, question, Setting.WITHOUT_UNSAFE)));
        return line;
    }

    private static OptionalDouble ratioToNetty(Measurements measurements, Case question, Setting setting) {
        OptionalDouble better = NETTYS.stream()
                .flatMapToDouble(row -> measurements.nanoseconds(new Run(question, row, setting)).stream())
                .min();
        return Measurements.ratio(measurements.nanoseconds(new Run(question, Row.MAGPOOL)), better);
    }
}
