/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Build;
import io.magpool.benchmarks.plan.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of two builds: a line for each run. */
public final class BuildTable {

    private BuildTable() {}

    /**
     * Builds the table.
     *
     * @param measured what was measured: the other build's time, then this one's
     * @param other the build that this one is compared with
     * @param pairs how many pairs were asked for
     * @param provenance where the figures come from
     * @return a table
     */
    public static NotedTable of(Map<Run, Pairs> measured, Build other, int pairs, Provenance provenance) {
        List<String> head = List.of("ns per operation", "threads", "allocator", "other\nbuild", "this\nbuild",
                "time of\nthis : other", "95% interval", "pairs", "this build is");
        List<List<String>> lines = new ArrayList<>();
        measured.forEach((run, times) -> lines.add(line(run, times)));
        List<String> notes = List.of(
                "Other build: " + other.label() + ". Medians of " + pairs
                        + " forks of each, in pairs whose order alternates.",
                "this : other is a ratio of times, so less is better: the geometric mean over the pairs, with its paired 95 %"
                        + " interval. Where the interval holds 1, no difference is shown.",
                "Of twenty such intervals one misses the truth: a single \"slower\" in a long table calls for a second run.",
                "Machine: " + provenance.hardware() + ". " + provenance.software() + ".",
                "Command: " + provenance.command() + " (" + provenance.date() + ")");
        return new NotedTable(new Table(head, lines), notes);
    }

    private static List<String> line(Run run, Pairs times) {
        List<String> line = new ArrayList<>(
                List.of(run.question().label(), run.question().threadsLabel(), run.row().label()));
        line.addAll(times.cells());
        return line;
    }
}
