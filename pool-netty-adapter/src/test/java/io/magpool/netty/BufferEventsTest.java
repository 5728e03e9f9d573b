/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class BufferEventsTest {

    @RegisterExtension
    final OpenAllocator allocators = new OpenAllocator(16 * TestAllocators.MIB);

    @TempDir
    Path folder;

    @Test
    void tellOfTheLifeOfABuffer() throws IOException {
        List<RecordedEvent> events;
        long address;
        try (Recording recording = new Recording()) {
            recording.enable("io.magpool.AllocateBuffer");
            recording.enable("io.magpool.ReallocateBuffer");
            recording.enable("io.magpool.FreeBuffer");
            recording.start();
            ByteBuf direct = allocators.get().directBuffer(100, 5000);
            address = direct.memoryAddress();
            direct.capacity(4000).release();
            allocators.get().heapBuffer(200).release();
            recording.stop();
            events = eventsOf(recording);
        }
        assertThat(events).extracting(event -> event.getEventType().getName()).containsExactly(
                "io.magpool.AllocateBuffer", "io.magpool.ReallocateBuffer", "io.magpool.FreeBuffer",
                "io.magpool.AllocateBuffer", "io.magpool.FreeBuffer");
        assertThat(events.get(0).getInt("size")).isEqualTo(100);
        assertThat(events.get(0).getInt("maxCapacity")).isEqualTo(5000);
        assertThat(events.get(0).getLong("address")).isEqualTo(address);
        assertThat(events.get(0).getBoolean("direct")).isTrue();
        assertThat(events.get(1).getInt("newCapacity")).isEqualTo(4000);
        assertThat(events.get(2).getInt("size")).isEqualTo(4000);
        assertThat(events.get(3).getBoolean("direct")).isFalse();
        assertThat(events.get(3).getLong("address")).isZero();
    }

    @Test
    void areOffUntilARecordingWantsThem() throws IOException {
        allocators.get().directBuffer(100).release();
        assertThat(FlightRecorder.getFlightRecorder().getEventTypes())
                .filteredOn(type -> type.getName().startsWith("io.magpool.") && type.getName().endsWith("Buffer"))
                .hasSize(3)
                .allMatch(type -> !type.isEnabled());
        try (Recording recording = new Recording()) {
            recording.start();
            allocators.get().directBuffer(100).release();
            recording.stop();
            assertThat(eventsOf(recording)).isEmpty();
        }
    }

    private List<RecordedEvent> eventsOf(Recording recording) throws IOException {
        Path file = folder.resolve("recording.jfr");
        recording.dump(file);
        List<RecordedEvent> ours = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            String name = event.getEventType().getName();
            if (name.startsWith("io.magpool.") && name.endsWith("Buffer")) { // the pool has events of its own
                ours.add(event);
            }
        }
        ours.sort((one, other) -> one.getStartTime().compareTo(other.getStartTime()));
        return ours;
    }

    @Test
    void areNotMissedWhereThereIsNoFlightRecorder() throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules", "java.base,java.logging,java.management,jdk.management,jdk.unsupported",
                "-cp", System.getProperty("java.class.path"),
                OneBuffer.class.getName())
                .redirectErrorStream(true).start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(output).isZero();
        assertThat(output).contains("released without jdk.jfr");
    }

    /** A program of its own. */
    static final class OneBuffer {

        private OneBuffer() {}

        public static void main(String[] args) {
            try (MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create()) {
                boolean present = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
                allocator.directBuffer(100).capacity(10_000).release();
                System.out.println("released " + (present ? "with" : "without") + " jdk.jfr");
            }
        }
    }
}
