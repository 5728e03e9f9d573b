/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.plan.SettingsPlan;
import io.magpool.benchmarks.rows.JvmFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of what can be switched on: a line for each setting, with what it costs beside the row without it. */
public final class SettingsTable {

    private SettingsTable() {}

    /**
     * Builds the table.
     *
     * @param measured what was measured with a setting: the time without it, then that with it
     * @param rounds how many rounds were asked for
     * @param provenance where the figures come from
     * @return a table
     */
    public static NotedTable of(Map<Run, Pairs> measured, int rounds, Provenance provenance) {
        List<String> head = List.of("switched on", "allocator", "ns without", "ns with", "time of\nwith : without",
                "95% interval", "pairs", "it is then");
        List<List<String>> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        notes.add("Measured: " + SettingsPlan.PAIR.label() + ", " + SettingsPlan.PAIR.threadsLabel() + ". Medians of "
                + rounds + " forks of each; all are forked once in a round, and each other round runs backwards.");
        notes.add(
                "with : without is a ratio of times: the geometric mean over the rounds, with its paired 95 % interval."
                        + " Where the interval holds 1, no cost is shown.");
        measured.forEach((run, times) -> {
            List<String> line = new ArrayList<>(List.of(run.setting().label(), run.row().label()));
            line.addAll(times.cells());
            lines.add(line);
        });
        notes.add("Machine: " + provenance.hardware() + ". " + provenance.software() + ".");
        notes.add("Flags of all: " + String.join(" ", JvmFlags.common()));
        measured.keySet().stream().map(Run::setting).distinct().forEach(setting -> notes.add(
                "Also, for \"" + setting.label() + "\": " + String.join(" ", setting.flags())));
        notes.add("Command: " + provenance.command() + " (" + provenance.date() + ")");
        return new NotedTable(new Table(head, lines), notes);
    }
}
