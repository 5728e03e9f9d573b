/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.plan.Build;
import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.rows.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildTableTest {

    @Test
    void aLineHasBothTimesTheirRatioItsIntervalAndAVerdict() {
        Pairs pairs = new Pairs();
        pairs.add(10, 11);
        pairs.add(20, 22);
        pairs.add(10, 11);

        NotedTable table =
                BuildTable.of(Map.of(new Run(Samples.SMALL, Row.MAGPOOL), pairs),
                        new Build("old", List.of(), List.of()), 3,
                        new Provenance("a machine", "a JVM", "a command", LocalDate.of(2026, 1, 1)));

        assertThat(table.toMarkdown()).contains(
                "| pair 256 B | 1 event loop | Magpool | 10.0 | 11.0 | 1.100 | 1.100 to 1.100 | 3 | slower |",
                "Other build: old", "less is better");
        assertThat(table.toText()).contains("a machine", "a command");
    }

    @Test
    void aSinglePairHasNoInterval() {
        Pairs pairs = new Pairs();
        pairs.add(10, 11);

        NotedTable table =
                BuildTable.of(Map.of(new Run(Samples.SMALL, Row.MAGPOOL), pairs),
                        new Build("old", List.of(), List.of()), 3,
                        new Provenance("a machine", "a JVM", "a command", LocalDate.of(2026, 1, 1)));

        assertThat(table.toMarkdown()).contains("| 10.0 | 11.0 | - | - | 1 | - |");
    }
}
