/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.List;

/**
 * A table with what a reader must know of it.
 *
 * @param table the figures
 * @param notes a line each
 */
public record NotedTable(Table table, List<String> notes) {

    /** Makes an immutable copy. */
    public NotedTable {
        notes = List.copyOf(notes);
    }

    /**
     * Returns it for a console.
     *
     * @return lines of text
     */
    public String toText() {
        return table.toText() + "\n" + String.join("\n", notes);
    }

    /**
     * Returns it as Markdown.
     *
     * @return lines of text
     */
    public String toMarkdown() {
        StringBuilder out = new StringBuilder(table.toMarkdown()).append('\n');
        notes.forEach(note -> out.append("- ").append(note).append('\n'));
        return out.toString();
    }
}
