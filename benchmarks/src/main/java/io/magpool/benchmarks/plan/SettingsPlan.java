/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import io.magpool.benchmarks.threads.ThreadKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What can be switched on, each time beside the same row without it. */
public final class SettingsPlan {

    private static final Set<Setting> NETTYS =
            EnumSet.of(Setting.NETTY_SIMPLE, Setting.NETTY_ADVANCED, Setting.NETTY_PARANOID);
    /** The line of the comparison that each is measured on: what is switched on is so in servers. */
    public static final Case PAIR = new Case(Workload.PAIR_AFTER_BURSTS, 256, ThreadKind.EVENT_LOOP, 1);

    private SettingsPlan() {}

    /**
     * Returns the plan. Where a setting is wanted, so is the row without it.
     *
     * @param wanted which settings to keep
     * @return a plan for one fork of each run
     */
    public static Plan of(Predicate<Run> wanted) {
        Set<Run> runs = new LinkedHashSet<>();
        for (Setting setting : EnumSet.complementOf(EnumSet.of(Setting.PLAIN, Setting.WITHOUT_UNSAFE))) {
            add(runs, Row.MAGPOOL, setting, wanted);
        }
        for (Row row : List.of(Row.ADAPTIVE, Row.POOLED)) {
            NETTYS.forEach(setting -> add(runs, row, setting, wanted));
        }
        return new Plan(List.copyOf(runs), new Effort(1, 3, 3, Duration.ofMillis(200), true));
    }

    private static void add(Set<Run> runs, Row row, Setting setting, Predicate<Run> wanted) {
        Run run = new Run(PAIR, row, setting);
        if (wanted.test(run)) {
            runs.add(new Run(PAIR, row));
            runs.add(run);
        }
    }
}
