/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.pool.DistinctStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each field of the event is the term of its name. */
class PoolStatisticsEventTest {

    private static final List<String> OF_EACH_EVENT =
            List.of("startTime", "duration", "eventThread", "stackTrace", "pool");

    @TempDir
    Path folder;

    @Test
    void eachFieldIsTheTermOfItsName() throws IOException {
        Path file = folder.resolve("statistics.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PoolStatisticsEvent.class);
            recording.start();
            PoolStatisticsEvent.write(DistinctStatistics.of("distinct"));
            recording.stop();
            recording.dump(file);
        }
        RecordedEvent event = RecordingFile.readAllEvents(file).stream()
                .filter(each -> each.getEventType().getName().equals("io.magpool.PoolStatistics"))
                .filter(each -> each.getString("pool").equals("distinct"))
                .findFirst()
                .orElseThrow();
        Map<String, Long> left = DistinctStatistics.terms();
        left.remove("arenas"); // never changes: the pool's opening tells
        for (ValueDescriptor field : event.getFields()) {
            if (!OF_EACH_EVENT.contains(field.getName())) {
                assertThat(event.getLong(field.getName())).as(field.getName()).isEqualTo(left.remove(field.getName()));
            }
        }
        assertThat(left).as("terms that are not told").isEmpty();
    }
}
