/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.List;
import java.util.StringJoiner;

/**
 * A table of text. The first columns hold words, the others numbers.
 *
 * @param head the names of the columns; a line break in a name is one on the console
 * @param lines the cells, as many in each line as there are names
 * @param words how many columns hold words
 */
public record Table(List<String> head, List<List<String>> lines, int words) {

    /** Makes an immutable copy. */
    public Table {
        head = List.copyOf(head);
        lines = lines.stream().map(List::copyOf).toList();
    }

    /**
     * Makes a table of which two columns hold words.
     *
     * @param head the names of the columns; a line break in a name is one on the console
     * @param lines the cells, as many in each line as there are names
     */
    public Table(List<String> head, List<List<String>> lines) {
        this(head, lines, 2);
    }

    /**
     * Returns the table as Markdown.
     *
     * @return lines of text
     */
    public String toMarkdown() {
        StringBuilder out = new StringBuilder();
        appendMarkdown(out, head.stream().map(name -> name.replace('\n', ' ')).toList());
        StringJoiner rule = new StringJoiner("|", "|", "|\n");
        for (int column = 0; column < head.size(); column++) {
            rule.add(column < words ? "---" : "---:");
        }
        out.append(rule);
        lines.forEach(line -> appendMarkdown(out, line));
        return out.toString();
    }

    private static void appendMarkdown(StringBuilder out, List<String> cells) {
        StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
        cells.forEach(cell -> line.add(cell.replace("*", "\\*").replace("|", "\\|")));
        out.append(line);
    }

    /**
     * Returns the table for a console: columns of equal width, the names over as many lines as they need.
     *
     * @return lines of text
     */
    public String toText() {
        int[] widths = new int[head.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = width(column);
        }
        int headLines = head.stream().mapToInt(name -> (int) name.lines().count()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (int headLine = headLines - 1; headLine >= 0; headLine--) {
            int fromBelow = headLine;
            appendText(out, head.stream().map(name -> lineFromBelow(name, fromBelow)).toList(), widths);
        }
        lines.forEach(line -> appendText(out, line, widths));
        return out.toString();
    }

    private int width(int column) {
        int width = head.get(column).lines().mapToInt(String::length).max().orElse(0);
        for (List<String> line : lines) {
            width = Math.max(width, line.get(column).length());
        }
        return width;
    }

    private static String lineFromBelow(String name, int fromBelow) {
        List<String> parts = name.lines().toList();
        return fromBelow < parts.size() ? parts.get(parts.size() - 1 - fromBelow) : "";
    }

    private void appendText(StringBuilder out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column < words ? cell + padding : padding + cell).append("  ");
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
