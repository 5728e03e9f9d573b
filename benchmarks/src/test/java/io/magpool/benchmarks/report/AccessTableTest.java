/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.cases.NumberAccess;
import io.magpool.benchmarks.plan.Case;
import io.magpool.benchmarks.plan.Effort;
import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.plan.Workload;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import io.magpool.benchmarks.threads.ThreadKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTableTest {

    private static final Case GET_INT =
            new Case(Workload.ACCESS, Workload.parameterOf(NumberAccess.GET_INT), ThreadKind.EVENT_LOOP, 1);

    @Test
    void theRatiosAreToTheQuickerOneOfNettysTwoWithUnsafeAndWithout() {
        Measurements measurements = new Measurements(List.of(
                measured(Row.MAGPOOL, Setting.PLAIN, 1.1),
                measured(Row.ADAPTIVE, Setting.PLAIN, 1),
                measured(Row.POOLED, Setting.PLAIN, 2),
                measured(Row.ADAPTIVE, Setting.WITHOUT_UNSAFE, 20),
                measured(Row.POOLED, Setting.WITHOUT_UNSAFE, 11)));

        assertThat(table(measurements)).contains("| getInt | 1 event loop | 1.10 +0% | 1.00 +0% | 2.00 +0%"
                + " | 20.0 +0% | 11.0 +0% | 1.10 | 0.10 |");
    }

    @Test
    void whatWasNotMeasuredIsADash() {
        assertThat(table(new Measurements(List.of(measured(Row.ADAPTIVE, Setting.PLAIN, 1)))))
                .contains("| getInt | 1 event loop | - | 1.00 +0% | - | - | - | - | - |");
    }

    private static String table(Measurements measurements) {
        return AccessTable.of(measurements, new Effort(1, 2, 3, Duration.ofMillis(100), true),
                new Provenance("a machine", "a JVM", "a command", LocalDate.of(2026, 1, 1))).toMarkdown();
    }

    private static Measurement measured(Row row, Setting setting, double nanoseconds) {
        return Measurement.of(new Run(GET_INT, row, setting), new double[]{nanoseconds}, new double[]{0});
    }
}
