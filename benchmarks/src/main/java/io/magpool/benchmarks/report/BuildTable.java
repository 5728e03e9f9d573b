/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Build;
import io.magpool.benchmarks.plan.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of two builds.
 *
 * @param table a line for each run
 * @param notes what a reader must know
 */
public record BuildTable(Table table, List<String> notes) {

    /** The times of one run, in pairs. */
    public static final class Pairs {

        private final List<Double> before = new ArrayList<>();
        private final List<Double> after = new ArrayList<>();

        /**
         * Adds a pair.
         *
         * @param otherBuild nanoseconds with the other build
         * @param thisBuild nanoseconds with this one
         */
        public void add(double otherBuild, double thisBuild) {
            before.add(otherBuild);
            after.add(thisBuild);
        }

        private double[] before() {
            return before.stream().mapToDouble(Double::doubleValue).toArray();
        }

        private double[] after() {
            return after.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /**
     * Builds the table.
     *
     * @param measured what was measured
     * @param other the build that this one is compared with
     * @param pairs how many pairs were asked for
     * @param provenance where the figures come from
     * @return a table
     */
    public static BuildTable of(Map<Run, Pairs> measured, Build other, int pairs, Provenance provenance) {
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
        return new BuildTable(new Table(head, lines), notes);
    }

    private static List<String> line(Run run, Pairs times) {
        double[] before = times.before();
        double[] after = times.after();
        List<String> line = new ArrayList<>(List.of(run.question().label(), run.question().threadsLabel(),
                run.row().label(), number(median(before)), number(median(after))));
        if (before.length < 2) {
            line.addAll(List.of("-", "-", Integer.toString(before.length), "-"));
        } else {
            PairedInterval interval = PairedInterval.of(before, after);
            line.add(String.format(Locale.ROOT, "%.3f", interval.ratio()));
            line.add(String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high()));
            line.add(Integer.toString(before.length));
            line.add(interval.verdict());
        }
        return line;
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

    /**
     * Returns it for a console.
     *
     * @return lines of text
     */
    public String toText() {
        return table.toText() + "\n" + String.join("\n", notes);
    }

    /**
     * Returns it as Markdown.
     *
     * @return lines of text
     */
    public String toMarkdown() {
        StringBuilder out = new StringBuilder(table.toMarkdown()).append('\n');
        notes.forEach(note -> out.append("- ").append(note).append('\n'));
        return out.toString();
    }
}
