/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came out of an experiment's steps, in a file, so that it can be done in parts. The last outcome of a step counts. */
final class Archive {

    private static final String STEP = "step";
    private static final String COMMAND = "command";

    private final Path file;

    /** An outcome, and the command that it came from. */
    private record Entry(String command, List<Fields> reported) {}

    Archive(Path file) {
        this.file = file;
    }

    /** Forgets what is there. */
    void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    void add(Outcome outcome, String command) {
        List<String> lines = new ArrayList<>();
        lines.add(Fields.none().with(STEP, outcome.step().label()).with(COMMAND, command).toLine());
        outcome.reported().forEach(fields -> lines.add(fields.toLine()));
        try {
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the outcomes of those steps that have one, in their order. */
    List<Outcome> outcomes(List<Step> steps) throws IOException {
        Map<String, Entry> entries = entries();
        List<Outcome> outcomes = new ArrayList<>();
        for (Step step : steps) {
            Entry entry = entries.get(step.label());
            if (entry != null) {
                outcomes.add(new Outcome(step, entry.reported()));
            }
        }
        return outcomes;
    }

    /** Returns the commands that these outcomes came from. */
    List<String> commands() throws IOException {
        return entries().values().stream().map(Entry::command).distinct().toList();
    }

    private Map<String, Entry> entries() throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (Files.exists(file)) {
            Entry last = new Entry("", new ArrayList<>());
            for (String line : Files.readAllLines(file)) {
                Fields fields = Fields.ofLine(line).orElseThrow(() -> new IOException("no fields in " + file));
                if (fields.has(STEP)) {
                    last = new Entry(fields.text(COMMAND), new ArrayList<>());
                    entries.put(fields.text(STEP), last);
                } else {
                    last.reported().add(fields);
                }
            }
        }
        return entries;
    }
}
