/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects the runs that are wanted and possible. */
final class Runs {

    private final Predicate<Run> wanted;
    private final List<Run> list = new ArrayList<>();

    Runs(Predicate<Run> wanted) {
        this.wanted = wanted;
    }

    void add(Case question, Row... rows) {
        Stream.of(rows).forEach(row -> add(new Run(question, row)));
    }

    void add(Case question, Row row, Setting setting) {
        add(new Run(question, row, setting));
    }

    private void add(Run run) {
        if (run.isPossible() && wanted.test(run)) {
            list.add(run);
        }
    }

    List<Run> list() {
        return list;
    }
}
