/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Effort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** Everything that a comparison leaves behind. */
public final class Report {

    private static final String CHART = "comparison.svg";

    private final Table table;
    private final List<String> notes;
    private final String chart;

    /**
     * Puts it together.
     *
     * @param measurements what was measured
     * @param effort how long each run took
     * @param provenance where the numbers come from
     */
    public Report(Measurements measurements, Effort effort, Provenance provenance) {
        this.table = ComparisonTable.of(measurements);
        this.notes = Notes.of(measurements, effort, provenance);
        this.chart = PairChart.of(measurements);
    }

    /**
     * Prints table and notes for a console.
     *
     * @param out where to
     */
    public void print(PrintStream out) {
        out.println();
        out.println(table.toText());
        notes.forEach(out::println);
    }

    /**
     * Writes {@code comparison.md}, {@code comparison.svg} and JMH's own {@code comparison.json}.
     *
     * @param directory where to; it exists
     * @param results what the JSON shall hold
     * @throws IOException if a file cannot be written
     */
    public void write(Path directory, Collection<RunResult> results) throws IOException {
        Files.writeString(directory.resolve(CHART), chart);
        Files.writeString(directory.resolve("comparison.md"), markdown());
        Path json = directory.resolve("comparison.json");
        try (PrintStream out = new PrintStream(Files.newOutputStream(json), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        }
    }

    private String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("![What a pair costs, by size](").append(CHART).append(")\n\n");
        out.append(table.toMarkdown()).append('\n');
        notes.forEach(note -> out.append("- ").append(note.replace("* ", "\\* ")).append('\n'));
        return out.toString();
    }
}
