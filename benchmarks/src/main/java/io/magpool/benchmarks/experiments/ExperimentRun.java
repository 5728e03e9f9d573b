/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.ChildFailedException;
import io.magpool.benchmarks.forks.ChildJvm;
import io.magpool.benchmarks.os.MachineMemory;
import io.magpool.benchmarks.report.LineChart;
import io.magpool.benchmarks.report.Provenance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** One experiment from its steps to its files, with progress on the console. */
public final class ExperimentRun {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final Experiment experiment;
    private final Path directory;
    private final PrintStream console;

    /**
     * Chooses.
     *
     * @param name one of {@link Experiments#names()}
     * @param directory where the table, the chart and the log go
     * @param console where progress and the table are printed
     * @throws IllegalArgumentException if there is no such experiment
     */
    public ExperimentRun(String name, Path directory, PrintStream console) {
        this.name = name;
        this.experiment = Experiments.named(name);
        this.directory = directory;
        this.console = console;
    }

    /**
     * Does all steps for a moment: do they still work?
     *
     * @return how many failed
     * @throws IOException if a file cannot be written
     */
    public int smoke() throws IOException {
        Files.createDirectories(directory);
        return run(true, _ -> true, Provenance.current("--smoke"));
    }

    /**
     * Does steps, prints the table and writes it, beside the chart and the log. Steps that are left out have the figures that
     * an earlier run wrote to the same directory, if there was one.
     *
     * @param wanted tells by its name whether to do a step
     * @param provenance where the figures come from
     * @return how many steps failed
     * @throws IOException if a file cannot be written
     */
    public int run(Predicate<String> wanted, Provenance provenance) throws IOException {
        Files.createDirectories(directory);
        return run(false, wanted, provenance);
    }

    private int run(boolean smoke, Predicate<String> wanted, Provenance provenance) throws IOException {
        Extent extent = new Extent(smoke, MachineMemory.available());
        List<Step> all = experiment.steps(extent);
        List<Step> steps = all.stream().filter(step -> wanted.test(step.label())).toList();
        Archive archive = new Archive(directory.resolve(name + ".fields"));
        if (steps.size() == all.size()) {
            archive.clear();
        }
        int failures = 0;
        console.printf("%s, %d JVMs%n", experiment.question(), steps.size());
        extent.notices().forEach(console::println);
        try (PrintStream log = new PrintStream(Files.newOutputStream(directory.resolve(name + ".log")), true,
                StandardCharsets.UTF_8)) {
            for (int i = 0; i < steps.size(); i++) {
                console.printf("%d/%d %s: ", i + 1, steps.size(), steps.get(i).label());
                console.flush();
                Optional<Outcome> outcome = done(steps.get(i), log);
                outcome.ifPresent(found -> archive.add(found, provenance.command()));
                failures += outcome.isPresent() ? 0 : 1;
            }
        }
        List<Outcome> outcomes = archive.outcomes(all);
        if (!outcomes.isEmpty()) {
            if (outcomes.size() < all.size()) {
                extent.note("Only " + outcomes.size() + " of " + all.size() + " steps have been done.");
            }
            report(experiment.findings(outcomes), extent, smoke, provenance, archive.commands());
        }
        return failures;
    }

    /** Does a step, and says how it went. One that fails costs its figures, and the exit code. */
    private Optional<Outcome> done(Step step, PrintStream log) {
        long start = System.nanoTime();
        List<String> arguments = new ArrayList<>(List.of(name));
        arguments.addAll(step.parameters().toArguments());
        ChildJvm jvm = new ChildJvm(step.flags(), step.environment(), ExperimentChild.class, arguments);
        try {
            Outcome outcome = new Outcome(step, jvm.run(log, PATIENCE));
            console.printf(Locale.ROOT, "%.1f s%n", (System.nanoTime() - start) / 1e9);
            return Optional.of(outcome);
        } catch (ChildFailedException e) {
            e.printStackTrace(log);
            console.println("FAILED, see " + name + ".log: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void report(Findings findings, Extent extent, boolean smoke, Provenance provenance,
            List<String> commands) throws IOException {
        List<String> notes = new ArrayList<>(findings.notes());
        notes.addAll(extent.notices());
        notes.add("Machine: " + provenance.hardware() + ". " + provenance.software() + ".");
        notes.add((commands.size() == 1 ? "Command: " : "In parts, by the commands: ") + String.join("; ", commands)
                + " ("
                + provenance.date() + ")");
        if (!smoke) {
            console.println();
            console.println(findings.table().toText());
            notes.forEach(console::println);
        }
        if (!findings.panels().isEmpty()) {
            Files.writeString(directory.resolve(name + ".svg"), LineChart.of(experiment.question(), findings.panels()));
        }
        Files.writeString(directory.resolve(name + ".md"), markdown(findings, notes));
        console.println("What came out: " + directory.toAbsolutePath().normalize());
    }

    private String markdown(Findings findings, List<String> notes) {
        StringBuilder out = new StringBuilder();
        out.append("## ").append(experiment.question()).append("\n\n");
        if (!findings.panels().isEmpty()) {
            out.append("![").append(experiment.question()).append("](").append(name).append(".svg)\n\n");
        }
        out.append(findings.table().toMarkdown()).append('\n');
        notes.forEach(note -> out.append("- ").append(note).append('\n'));
        return out.toString();
    }
}
