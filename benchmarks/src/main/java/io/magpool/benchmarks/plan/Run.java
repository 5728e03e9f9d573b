/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;

/**
 * What is measured in one go: a cell of the table.
 *
 * @param question the line of the table
 * @param row what is measured
 * @param setting what is switched on meanwhile
 */
public record Run(Case question, Row row, Setting setting) {

    /**
     * Measures a row with the flags that suit it best.
     *
     * @param question the line of the table
     * @param row what is measured
     */
    public Run(Case question, Row row) {
        this(question, row, Setting.PLAIN);
    }

    /**
     * Tells whether the row can do what the case asks for.
     *
     * @return true if there is something to measure
     */
    public boolean isPossible() {
        Workload workload = question.workload();
        return row.has(workload.memory())
                && workload.runsOn(question.kind())
                && (row.isByteBuf() || !workload.isByteAccess())
                && !(row.isForOneThread() && workload.releasesElsewhere());
    }

    /**
     * Says what is measured, as {@code --only} sees it.
     *
     * @return a line of text
     */
    public String name() {
        String name = question.label() + ", " + question.threadsLabel() + ", " + row.label();
        return setting == Setting.PLAIN ? name : name + ", " + setting.label();
    }
}
