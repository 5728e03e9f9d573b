/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolStatistics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program is watched from outside, buffer by buffer, and the pools' statistics say the same. */
@Timeout(120)
class CountsTest {

    private static final List<String> EVENTS =
            List.of("io.magpool.AllocateBuffer", "io.magpool.ReallocateBuffer", "io.magpool.FreeBuffer");

    @TempDir
    Path folder;

    @Test
    void statisticsSayWhatACountByHandSays() throws Exception {
        Path file = folder.resolve("buffers.jfr");
        try (Side server = new Side("server", 256L << 20);
                Side client = new Side("client", 256L << 20);
                Recording recording = new Recording()) {
            EVENTS.forEach(event -> recording.enable(event).withoutStackTrace());
            recording.start();
            try (EchoProgram program =
                    new NettyEcho(new Http1(Delivery.STREAMING), Transport.NIO, server, client);
                    EchoProgram.Client connection = program.connect(program.port())) {
                for (int size : new int[]{1, 20_000, 1_000_003}) {
                    byte[] body = EchoContract.body(size);
                    assertThat(connection.echo(body).get(60, TimeUnit.SECONDS)).isEqualTo(body);
                }
            }
            server.awaitNothingOut();
            client.awaitNothingOut();
            recording.stop();
            recording.dump(file);

            Map<String, Long> counts = RecordingFile.readAllEvents(file)
                    .stream()
                    .map(event -> event.getEventType().getName())
                    .filter(EVENTS::contains)
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            long allocated = counts.get("io.magpool.AllocateBuffer");
            assertThat(counts).containsEntry("io.magpool.FreeBuffer", allocated)
                    .containsKey("io.magpool.ReallocateBuffer");
            // Who moves acquires anew, and releases the old.
            long acquired = allocated + counts.get("io.magpool.ReallocateBuffer");
            assertThat(sum(PoolStatistics::acquires, server, client)).isEqualTo(acquired);
            assertThat(sum(PoolStatistics::releases, server, client)).isEqualTo(acquired);
        }
    }

    private static long sum(Function<PoolStatistics, Long> figure, Side... sides) {
        return Stream.of(sides)
                .map(Side::allocator)
                .flatMap(allocator -> Stream.concat(Stream.of(allocator.pool()), allocator.heapPool().stream()))
                .map(BufferPool::statistics)
                .mapToLong(figure::apply)
                .sum();
    }
}
