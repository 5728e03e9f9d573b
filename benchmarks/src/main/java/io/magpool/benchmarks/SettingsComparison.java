/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks;

import io.magpool.benchmarks.plan.Laboratory;
import io.magpool.benchmarks.plan.Plan;
import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.report.Measurement;
import io.magpool.benchmarks.report.NotedTable;
import io.magpool.benchmarks.report.Pairs;
import io.magpool.benchmarks.report.Provenance;
import io.magpool.benchmarks.report.SettingsTable;
import io.magpool.benchmarks.rows.Setting;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures what each setting costs. All are forked once in a round, with the row that has nothing switched on among them,
 * and each other round runs backwards, so that a machine that gets warm or busy treats all alike.
 */
final class SettingsComparison {

    private final int rounds;
    private final PrintStream console;
    private final PrintStream log;
    private final Map<Run, Pairs> measured = new LinkedHashMap<>();
    private int failures;

    SettingsComparison(int rounds, PrintStream console, PrintStream log) {
        this.rounds = rounds;
        this.console = console;
        this.log = log;
    }

    /** Measures, and returns how many runs failed. */
    int measure(Plan plan) {
        Laboratory laboratory = new Laboratory(plan.effort(), log);
        console.printf("%d rounds of %d runs, about %d minutes%n", rounds, plan.runs().size(),
                1 + rounds * plan.duration().toSeconds() / 60);
        for (int round = 0; round < rounds; round++) {
            Map<Run, Double> times = new HashMap<>();
            List<Run> order = round % 2 == 0 ? plan.runs() : plan.runs().reversed();
            for (Run run : order) {
                console.printf("round %d/%d, %s: ", round + 1, rounds, run.name());
                console.flush();
                console.println(measured(laboratory, run, times));
            }
            plan.runs().forEach(run -> pair(run, times));
        }
        return failures;
    }

    private String measured(Laboratory laboratory, Run run, Map<Run, Double> times) {
        try {
            double nanoseconds = Measurement.of(run, laboratory.measure(run)).median();
            times.put(run, nanoseconds);
            return String.format(Locale.ROOT, "%,.1f ns", nanoseconds);
        } catch (RunnerException e) {
            failures++;
            e.printStackTrace(log);
            return "FAILED, see comparison.log: " + e.getMessage();
        }
    }

    /** Adds what a round gave. If one half of a pair failed neither counts. */
    private void pair(Run run, Map<Run, Double> times) {
        Double with = times.get(run);
        Double without = times.get(new Run(run.question(), run.row()));
        if (run.setting() != Setting.PLAIN && with != null && without != null) {
            measured.computeIfAbsent(run, _ -> new Pairs()).add(without, with);
        }
    }

    /** Prints the table, and writes it. */
    void report(Path directory, Provenance provenance) throws IOException {
        NotedTable table = SettingsTable.of(measured, rounds, provenance);
        console.println();
        console.println(table.toText());
        Files.writeString(directory.resolve("settings.md"), table.toMarkdown());
        console.println("Table: " + directory.resolve("settings.md").toAbsolutePath().normalize());
    }
}
