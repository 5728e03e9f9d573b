/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks;

import io.magpool.benchmarks.experiments.ExperimentRun;
import io.magpool.benchmarks.experiments.Experiments;
import io.magpool.benchmarks.plan.AccessPlan;
import io.magpool.benchmarks.plan.Build;
import io.magpool.benchmarks.plan.Effort;
import io.magpool.benchmarks.plan.Laboratory;
import io.magpool.benchmarks.plan.Plan;
import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.plan.SettingsPlan;
import io.magpool.benchmarks.report.AccessTable;
import io.magpool.benchmarks.report.Measurement;
import io.magpool.benchmarks.report.Measurements;
import io.magpool.benchmarks.report.NotedTable;
import io.magpool.benchmarks.report.Provenance;
import io.magpool.benchmarks.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Compares Magpool with other allocators and prints one table. {@code --help} lists the options; the exit code is 0 if
 * every run gave a result, 1 if one did not, 2 if the options make no sense.
 */
public final class Comparison {

    private final PrintStream console;
    private final PrintStream log;
    private final Map<Run, List<RunResult>> results = new LinkedHashMap<>();
    private int failures;

    private Comparison(PrintStream console, PrintStream log) {
        this.console = console;
        this.log = log;
    }

    /**
     * Runs the comparison.
     *
     * @param args the options
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        int exitCode = run(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static int run(String... args) throws IOException {
        CommandLine commandLine;
        try {
            commandLine = CommandLine.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println();
            System.err.print(CommandLine.USAGE);
            return 2;
        }
        Predicate<Run> wanted = commandLine.wanted();
        return switch (commandLine.mode()) {
            case HELP -> {
                System.out.print(CommandLine.USAGE);
                yield 0;
            }
            case QUICK -> compare(Plan.quick(wanted), commandLine, args);
            case FULL -> compare(Plan.full(wanted, cores()), commandLine, args);
            case SCALING -> compare(Plan.scaling(wanted, cores()), commandLine, args);
            case SMOKE -> smoke(List.of(Plan.smoke(wanted), Plan.smokeOfFlags(wanted)), commandLine);
            case ACCESS -> access(AccessPlan.of(wanted), commandLine, args);
            case SETTINGS -> settings(SettingsPlan.of(wanted), commandLine, args);
            case BUILDS, PRICE_OF_TRIM -> builds(commandLine, args);
            case EXPERIMENT -> experiment(commandLine, args);
        };
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static int compare(Plan plan, CommandLine commandLine, String... args) throws IOException {
        Path directory = commandLine.directory();
        try (PrintStream log = log(directory)) {
            Comparison comparison = new Comparison(System.out, log);
            comparison.measure(plan);
            if (!comparison.results.isEmpty()) {
                comparison.report(plan.effort(), directory, args);
            }
            return comparison.exitCode();
        }
    }

    private static int access(Plan plan, CommandLine commandLine, String... args) throws IOException {
        Path directory = commandLine.directory();
        try (PrintStream log = log(directory)) {
            Comparison comparison = new Comparison(System.out, log);
            comparison.measure(plan);
            if (!comparison.results.isEmpty()) {
                NotedTable table = AccessTable.of(new Measurements(comparison.measurements()), plan.effort(),
                        Provenance.current(command(args)));
                System.out.println();
                System.out.println(table.toText());
                Files.writeString(directory.resolve("access.md"), table.toMarkdown());
                System.out.println("Table: " + directory.resolve("access.md").toAbsolutePath().normalize());
            }
            return comparison.exitCode();
        }
    }

    private static int settings(Plan plan, CommandLine commandLine, String... args) throws IOException {
        Path directory = commandLine.directory();
        try (PrintStream log = log(directory)) {
            SettingsComparison comparison = new SettingsComparison(commandLine.pairs(), System.out, log);
            int failures = comparison.measure(plan);
            comparison.report(directory, Provenance.current(command(args)));
            return failures == 0 && !plan.runs().isEmpty() ? 0 : 1;
        }
    }

    private static int smoke(List<Plan> plans, CommandLine commandLine) throws IOException {
        List<String> experiments = Experiments.names().stream().filter(commandLine::wantsExperiment).toList();
        boolean benchmarks = plans.stream().anyMatch(plan -> !plan.runs().isEmpty());
        int exitCode = benchmarks || experiments.isEmpty() ? smokeOfBenchmarks(plans, commandLine.directory()) : 0;
        for (String name : experiments) {
            ExperimentRun run = new ExperimentRun(name, commandLine.directory().resolve("smoke"), System.out);
            exitCode = run.smoke() == 0 ? exitCode : 1;
        }
        return exitCode;
    }

    private static int smokeOfBenchmarks(List<Plan> plans, Path directory) throws IOException {
        // Measures nothing, so another JMH beside it does no harm.
        System.setProperty("jmh.ignoreLock", "true");
        try (PrintStream log = log(directory)) {
            Comparison comparison = new Comparison(System.out, log);
            for (Plan plan : plans) {
                comparison.measure(plan);
            }
            return comparison.exitCode();
        }
    }

    private static int builds(CommandLine commandLine, String... args) throws IOException {
        Build other;
        boolean ofTrim = commandLine.mode() == CommandLine.Mode.PRICE_OF_TRIM;
        try {
            other = ofTrim ? Build.WITHOUT_TRIM : Build.in(commandLine.jars());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        Path directory = commandLine.directory();
        try (PrintStream log = log(directory)) {
            BuildComparison comparison = new BuildComparison(other, commandLine.pairs(), System.out, log);
            int failures = comparison.measure(ofTrim ? Plan.priceOfTrim(commandLine.wanted())
                    : Plan.builds(commandLine.wanted()));
            comparison.report(directory, Provenance.current(command(args)));
            return failures == 0 ? 0 : 1;
        }
    }

    private static int experiment(CommandLine commandLine, String... args) throws IOException {
        ExperimentRun run = new ExperimentRun(commandLine.experiment(), commandLine.directory(), System.out);
        int failures = run.run(commandLine.only().asPredicate(), Provenance.current(command(args)));
        return failures == 0 ? 0 : 1;
    }

    private static PrintStream log(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("comparison.log");
        return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    }

    private void measure(Plan plan) {
        int total = plan.runs().size() * plan.effort().rounds();
        console.printf("%d runs, about %s%n", total, minutes(plan.duration()));
        long start = System.nanoTime();
        Laboratory laboratory = new Laboratory(plan.effort(), log);
        int done = 0;
        for (int round = 0; round < plan.effort().rounds(); round++) {
            for (Run run : plan.runs()) {
                done++;
                console.printf("%" + Integer.toString(total).length() + "d/%d %s: ", done, total, run.name());
                console.flush();
                console.println(measured(laboratory, run));
            }
        }
        console.printf("took %s%n", minutes(Duration.ofNanos(System.nanoTime() - start)));
    }

    /** Measures, and says what came out. A run that fails costs its cell of the table, and the exit code. */
    private String measured(Laboratory laboratory, Run run) {
        try {
            RunResult result = laboratory.measure(run);
            results.computeIfAbsent(run, _ -> new ArrayList<>()).add(result);
            return String.format(Locale.ROOT, "%,.1f ns", Measurement.of(run, result).nanoseconds());
        } catch (RunnerException e) {
            failures++;
            e.printStackTrace(log);
            return "FAILED, see comparison.log: " + e.getMessage();
        }
    }

    private void report(Effort effort, Path directory, String... args) throws IOException {
        Report report = new Report(new Measurements(measurements()), effort, Provenance.current(command(args)));
        report.print(console);
        report.write(directory, results.values().stream().map(Measurement::merge).toList());
        console.println("Table, chart and JMH's JSON: " + directory.toAbsolutePath().normalize());
    }

    private List<Measurement> measurements() {
        List<Measurement> measurements = new ArrayList<>();
        results.forEach((run, rounds) -> measurements.add(Measurement.of(run, Measurement.merge(rounds))));
        return measurements;
    }

    private int exitCode() {
        if (failures > 0) {
            console.println(failures + " runs FAILED");
            return 1;
        }
        if (results.isEmpty()) {
            console.println("nothing was measured");
            return 1;
        }
        return 0;
    }

    private static String command(String... args) {
        String command = "mvn -q -DskipTests package exec:exec";
        return args.length == 0 ? command : command + " -Dbench.args=\"" + String.join(" ", args) + "\"";
    }

    private static String minutes(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d min", time.toMinutes(), time.toSecondsPart());
    }
}
