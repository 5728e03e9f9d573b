/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Reactor Netty's HTTP server and client. */
final class ReactorEcho implements EchoProgram {

    private static final int PIECE = 50_000;

    private final Side client;
    private final LoopResources serverLoops = LoopResources.create("server", 2, true);
    private final LoopResources clientLoops = LoopResources.create("client", 2, true);
    private final DisposableServer running;

    ReactorEcho(Side server, Side client) {
        this.client = client;
        this.running = HttpServer.create()
                .host(InetAddress.getLoopbackAddress().getHostAddress())
                .port(0)
                .runOn(serverLoops, false)
                .option(ChannelOption.ALLOCATOR, server.allocator())
                .childOption(ChannelOption.ALLOCATOR, server.allocator())
                .handle((request, response) -> response.send(request.receive().retain()))
                .bindNow();
    }

    @Override
    public int port() {
        return running.port();
    }

    @Override
    public Client connect(int port) {
        ConnectionProvider connections = ConnectionProvider.create("one", 1);
        HttpClient http = HttpClient.create(connections)
                .host(InetAddress.getLoopbackAddress().getHostAddress())
                .port(port)
                .runOn(clientLoops, false)
                .option(ChannelOption.ALLOCATOR, client.allocator())
                .disableRetry(true);
        return new Client() {
            @Override
            public CompletableFuture<byte[]> echo(byte[] body) {
                return http.post()
                        .uri("/")
                        .send((request, out) -> out.send(pieces(out.alloc(), body)))
                        .responseSingle((response, bytes) -> bytes.asByteArray())
                        .toFuture();
            }

            @Override
            public void close() {
                connections.disposeLater().block(Duration.ofSeconds(30));
            }
        };
    }

    private static Publisher<ByteBuf> pieces(ByteBufAllocator allocator, byte[] body) {
        return Flux.range(0, Math.ceilDiv(body.length, PIECE)).map(i -> {
            int from = i * PIECE;
            int length = Math.min(PIECE, body.length - from);
            return allocator.buffer(length).writeBytes(body, from, length);
        });
    }

    @Override
    public void close() {
        running.disposeNow(Duration.ofSeconds(30));
        for (LoopResources loops : new LoopResources[]{clientLoops, serverLoops}) {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block(Duration.ofSeconds(30));
        }
    }
}
