/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trim in a flight recording says what its report says. */
class TrimEventTest {

    @TempDir
    Path folder;

    @Test
    void theEventSaysWhatTheReportSays() throws IOException {
        Path file = folder.resolve("trim.jfr");
        TrimReport report;
        try (Recording recording = new Recording();
                ClockedPool clocked = new ClockedPool(PoolConfig.builder().name("seen"))) {
            recording.enable("io.magpool.Trim");
            recording.start();
            clocked.burst(4 << 20, 4096).forEach(PooledBuffer::release);
            report = clocked.pool.trim(TrimDepth.FULL);
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("io.magpool.Trim"))
                .toList();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("pool")).isEqualTo("seen");
            assertThat(event.getLong("askedBytes")).isEqualTo(report.askedBytes());
            assertThat(event.getLong("advisedBytes")).isEqualTo(report.advisedBytes()).isPositive();
            assertThat(event.getLong("goneBytes")).isEqualTo(report.goneBytes().orElse(-1));
            assertThat(event.getLong("runs")).isEqualTo(report.runs());
            assertThat(event.getLong("calls")).isEqualTo(report.calls());
        });
    }
}
