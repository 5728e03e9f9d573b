/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks;

import io.magpool.benchmarks.plan.Build;
import io.magpool.benchmarks.plan.Laboratory;
import io.magpool.benchmarks.plan.Plan;
import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.report.BuildTable;
import io.magpool.benchmarks.report.Measurement;
import io.magpool.benchmarks.report.NotedTable;
import io.magpool.benchmarks.report.Pairs;
import io.magpool.benchmarks.report.Provenance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Compares two builds of Magpool: did anything get slower? Each run is forked in pairs, once with each build's jars, and
 * the order within a pair alternates, so that a machine that gets warm or busy treats both alike.
 */
final class BuildComparison {

    private final Build other;
    private final int pairs;
    private final PrintStream console;
    private final PrintStream log;
    private final Map<Run, Pairs> measured = new LinkedHashMap<>();
    private int failures;

    BuildComparison(Build other, int pairs, PrintStream console, PrintStream log) {
        this.other = other;
        this.pairs = pairs;
        this.console = console;
        this.log = log;
    }

    /** Measures, and returns how many runs failed. */
    int measure(Plan plan) {
        Laboratory laboratory = new Laboratory(plan.effort(), log);
        int total = plan.runs().size() * pairs;
        console.printf("%d pairs of runs, about %d minutes%n", total,
                1 + 2L * pairs * plan.duration().toSeconds() / 60);
        int done = 0;
        for (int pair = 0; pair < pairs; pair++) {
            for (Run run : plan.runs()) {
                done++;
                console.printf("%d/%d %s: ", done, total, run.name());
                console.flush();
                console.println(measuredPair(laboratory, run, pair % 2 == 0));
            }
        }
        return failures;
    }

    /** Measures a pair, and says what came out. If one half fails neither counts. */
    private String measuredPair(Laboratory laboratory, Run run, boolean otherFirst) {
        try {
            double first = nanoseconds(laboratory, run, otherFirst ? other : Build.OWN);
            double second = nanoseconds(laboratory, run, otherFirst ? Build.OWN : other);
            double before = otherFirst ? first : second;
            double after = otherFirst ? second : first;
            measured.computeIfAbsent(run, _ -> new Pairs()).add(before, after);
            return String.format(Locale.ROOT, "%,.1f and %,.1f ns", before, after);
        } catch (RunnerException e) {
            failures++;
            e.printStackTrace(log);
            return "FAILED, see comparison.log: " + e.getMessage();
        }
    }

    private static double nanoseconds(Laboratory laboratory, Run run, Build build) throws RunnerException {
        return Measurement.of(run, laboratory.measure(run, build)).median();
    }

    /** Prints the table, and writes it. */
    void report(Path directory, Provenance provenance) throws IOException {
        NotedTable table = BuildTable.of(measured, other, pairs, provenance);
        console.println();
        console.println(table.toText());
        Files.writeString(directory.resolve("builds.md"), table.toMarkdown());
        console.println("Table: " + directory.resolve("builds.md").toAbsolutePath().normalize());
    }
}
