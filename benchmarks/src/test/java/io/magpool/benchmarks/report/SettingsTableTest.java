/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

    @Test
    void aLineSaysWhatASettingCosts() {
        Pairs pairs = new Pairs();
        pairs.add(10, 20);
        pairs.add(10, 20);

        NotedTable table = SettingsTable.of(Map.of(new Run(Samples.SMALL, Row.MAGPOOL, Setting.CHECKED), pairs), 2,
                new Provenance("a machine", "a JVM", "a command", LocalDate.of(2026, 1, 1)));

        assertThat(table.toMarkdown()).contains(
                "| safety checked | Magpool | 10.0 | 20.0 | 2.000 | 2.000 to 2.000 | 2 | slower |",
                "-Dmagpool.safety=checked", "a machine", "a command");
    }
}
