/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.netty.Eventually;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
 * A server whose pool is far smaller than what its clients send. Connections for which there is no memory are closed, by
 * Netty when it cannot read and by the server when a handler fails; all that they held comes back, and the server works on.
 */
@Timeout(120)
class FloodTest {

    private static final int CLIENTS = 8;
    private static final long LIMIT = 8L << 20;

    @RegisterExtension
    static final QuietLogs QUIET = new QuietLogs();

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private final Side server = new Side("server", LIMIT);
    private final Side client = new Side("client", 64L << 20);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    /**
     * Aggregated, the server holds each request until it is complete, and none is until memory has run out. Streaming, it
     * holds the answers, which nobody reads until then.
     */
    @ParameterizedTest
    @CsvSource({"AGGREGATED,4000000", "STREAMING,15000000"})
    void connectionsAreClosedWhenMemoryRunsOutAndEverythingIsReleased(Delivery delivery, int bodySize)
            throws Exception {
        Protocol http = new Http1(delivery);
        try (EchoProgram program = new NettyEcho(new Watched(http, failures), Transport.NIO, server, client)) {
            List<CompletableFuture<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(flood(program.port(), bodySize));
            }
            int answered = 0;
            for (CompletableFuture<Boolean> one : clients) {
                answered += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }

            assertThat(answered).as("clients that got an answer").isLessThan(CLIENTS);
            assertThat(failures).filteredOn(Error.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error).isInstanceOf(OutOfMemoryError.class));
            assertThat(server.statistics().refusals()).isPositive();
            server.awaitNothingOut();

            try (EchoProgram.Client polite = program.connect(program.port())) {
                byte[] body = EchoContract.body(1_000_000);
                assertThat(polite.echo(body).get(60, TimeUnit.SECONDS)).isEqualTo(body);
            }
            server.awaitNothingOut();
            client.awaitNothingOut();
        }
    }

    private CompletableFuture<Boolean> flood(int port, int bodySize) {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                answered.complete(converse(socket, bodySize));
            } catch (IOException e) {
                answered.complete(false);
            } catch (Throwable e) {
                answered.completeExceptionally(e);
            }
        });
        return answered;
    }

    /** Sends all but the last byte, waits until the server has run out of memory, then sends the last and reads on. */
    private boolean converse(Socket socket, int bodySize) throws IOException {
        String head =
                "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + bodySize + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[bodySize - 1]);
        Eventually.isTrue("the server has run out of memory",
                () -> failures.stream().anyMatch(OutOfMemoryError.class::isInstance));
        out.write(0);
        return drain(socket.getInputStream()) > bodySize;
    }

    private static long drain(InputStream in) throws IOException {
        byte[] bytes = new byte[65_536];
        long total = 0;
        for (int count = 0; count >= 0; count = in.read(bytes)) {
            total += count;
        }
        return total;
    }

    /** Another protocol, whose server's failures are noted before the server handles them. */
    private record Watched(Protocol inner, Queue<Throwable> failures) implements Protocol {

        @Override
        public void addServer(ChannelPipeline pipeline) {
            inner.addServer(pipeline);
            String last = pipeline.context(HttpServerEcho.class).name();
            pipeline.addBefore(last, null, new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                    failures.add(cause);
                    ctx.fireExceptionCaught(cause);
                }
            });
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
