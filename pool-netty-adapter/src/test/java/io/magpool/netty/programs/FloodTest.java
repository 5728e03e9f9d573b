/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.netty.BackpressureHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server whose pool is far smaller than what its clients send.
 *
 * <p>Aggregated, it holds each request until it is complete, and none is until memory has run short. Streaming, it
 * holds the answers, which nobody reads until then.
 */
@Timeout(120)
class FloodTest {

    private static final int CLIENTS = 8;
    private static final long MIB = 1L << 20;

    @RegisterExtension
    static final QuietLogs QUIET = new QuietLogs();

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private final Side client = new Side("client", 64 * MIB);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        client.close();
    }

    /** Connections for which there is no memory are closed, by Netty when it cannot read and by the server when a handler fails. */
    @ParameterizedTest
    @CsvSource({"AGGREGATED,4000000,8", "STREAMING,15000000,8", "AGGREGATED,4000000,24", "STREAMING,15000000,24"})
    void connectionsAreClosedWhenMemoryRunsOut(Delivery delivery, int bodySize, int mib) throws Exception {
        try (Side server = new Side("server", mib * MIB);
                EchoProgram program = start(new Http1(delivery), server)) {
            int answered = new Flood(program.port(), bodySize, this::isRefused).answered(CLIENTS);
            assertThat(answered).as("clients that got an answer").isLessThan(CLIENTS);
            assertThat(failures).filteredOn(Error.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error).isInstanceOf(OutOfMemoryError.class));
            assertThat(server.statistics().refusals()).isPositive();
            everythingIsReleasedAndTheServerWorksOn(server, program);
        }
    }

    /** With the larger of those pools, everybody is served. */
    @ParameterizedTest
    @CsvSource({"AGGREGATED,4000000", "STREAMING,15000000"})
    void withBackpressureClientsAreSlowedAndAllAreServed(Delivery delivery, int bodySize) throws Exception {
        try (Side server = new Side("server", 24 * MIB)) {
            BackpressureHandler backpressure = new BackpressureHandler(server.allocator().pool(), 0.5, 0.25);
            try (EchoProgram program = start(new Paced(new Http1(delivery), backpressure), server)) {
                int answered = new Flood(program.port(), bodySize, () -> isRefused() || backpressure.isPressed())
                        .answered(CLIENTS);
                assertThat(failures).isEmpty();
                assertThat(answered).as("clients that got an answer").isEqualTo(CLIENTS);
                assertThat(server.statistics().refusals()).isZero();
                everythingIsReleasedAndTheServerWorksOn(server, program);
            }
        }
    }

    private EchoProgram start(Protocol http, Side server) {
        return new NettyEcho(new Watched(http, failures), Transport.NIO, server, client);
    }

    private boolean isRefused() {
        return failures.stream().anyMatch(OutOfMemoryError.class::isInstance);
    }

    private void everythingIsReleasedAndTheServerWorksOn(Side server, EchoProgram program) throws Exception {
        server.awaitNothingOut();
        try (EchoProgram.Client polite = program.connect(program.port())) {
            byte[] body = EchoContract.body(1_000_000);
            assertThat(polite.echo(body).get(60, TimeUnit.SECONDS)).isEqualTo(body);
        }
        server.awaitNothingOut();
        client.awaitNothingOut();
    }

    /** Another protocol, whose server reads as its pool allows. */
    private record Paced(Protocol inner, BackpressureHandler backpressure) implements Protocol {

        @Override
        public void addServer(ChannelPipeline pipeline) {
            pipeline.addLast(backpressure);
            inner.addServer(pipeline);
        }

        @Override
        public void addClient(ChannelPipeline pipeline) {
            inner.addClient(pipeline);
        }

        @Override
        public CompletableFuture<byte[]> echo(Channel connection, byte[] body) {
            return inner.echo(connection, body);
        }
    }
}
