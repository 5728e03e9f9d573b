/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.rows.Row;

/**
 * What is measured in one go: a cell of the table.
 *
 * @param question the line of the table
 * @param row what is measured
 */
public record Run(Case question, Row row) {

    /**
     * Says what is measured, as {@code --only} sees it.
     *
     * @return a line of text
     */
    public String name() {
        return question.label() + ", " + question.threadsLabel() + ", " + row.label();
    }
}
