/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.plan.Effort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private final Report report = new Report(Samples.measurements(), new Effort(1, 2, 3, Duration.ofMillis(250), true),
            new Provenance("a machine", "a JVM", "a command", LocalDate.of(2026, 1, 1)));

    @Test
    void theConsoleShowsTimesRatiosAndWhereTheyComeFrom() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        report.print(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "pair 256 B +1 event loop +9\\.0 \\+0% +12\\.0 \\+0% +53\\.0 \\+0% +6\\.0 \\+0% +0\\.75 +1\\.50 +0\\.0")
                .containsPattern("hand-off 256 B +2 plain +26\\.0 \\+0% +- +- +- +- +- +0\\.0")
                .contains("First quartile of 3 iterations of 250 ms", "1 event loop thread: Magpool 1.10", "a machine",
                        "a JVM",
                        "a command", "2026-01-01", "-XX:+UseG1GC", "-Dio.netty.noUnsafe=false");
    }

    @Test
    void filesHoldTheTableTheChartAndJmhsResults(@TempDir Path directory) throws IOException {
        report.write(directory, List.of());

        assertThat(directory.resolve("comparison.md")).content()
                .contains("](comparison.svg)", "| pair 256 B | 1 event loop | 9.0 +0% |", "|---|---|---:|");
        assertThat(directory.resolve("comparison.svg")).content().startsWith("<svg");
        assertThat(Files.readString(directory.resolve("comparison.json")).strip()).startsWith("[").endsWith("]");
    }
}
