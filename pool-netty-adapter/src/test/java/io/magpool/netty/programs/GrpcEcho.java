/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.magpool.netty.Eventually;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** gRPC: its messages are written by threads of its own, and sent and read by event loops. */
final class GrpcEcho implements EchoProgram {

    private static final int MAX_MESSAGE = 16 << 20;
    private static final int PIECE = 50_000;

    private static final MethodDescriptor<byte[], byte[]> UNARY = method(MethodType.UNARY, "Unary");
    private static final MethodDescriptor<byte[], byte[]> STREAMING = method(MethodType.BIDI_STREAMING, "Streaming");

    private final Delivery delivery;
    private final Side client;
    private final EventLoopGroup serverLoops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventLoopGroup clientLoops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final Server running;

    GrpcEcho(Delivery delivery, Side server, Side client) throws IOException {
        this.delivery = delivery;
        this.client = client;
        ServerServiceDefinition service = ServerServiceDefinition.builder("Echo")
                .addMethod(UNARY, ServerCalls.asyncUnaryCall((request, answers) -> {
                    answers.onNext(request);
                    answers.onCompleted();
                }))
                .addMethod(STREAMING, ServerCalls.asyncBidiStreamingCall(EchoBack::new))
                .build();
        this.running = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(serverLoops)
                .workerEventLoopGroup(serverLoops)
                .executor(executor)
                .withOption(ChannelOption.ALLOCATOR, server.allocator())
                .withChildOption(ChannelOption.ALLOCATOR, server.allocator())
                .maxInboundMessageSize(MAX_MESSAGE)
                .addService(service)
                .build()
                .start();
    }

    private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
        return MethodDescriptor.newBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("Echo", name))
                .build();
    }

    @Override
    public int port() {
        return running.getPort();
    }

    @Override
    public Client connect(int port) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .channelType(NioSocketChannel.class)
                        .eventLoopGroup(clientLoops)
                        .executor(executor)
                        .withOption(ChannelOption.ALLOCATOR, client.allocator())
                        .maxInboundMessageSize(MAX_MESSAGE)
                        .usePlaintext()
                        .disableRetry()
                        .build();
        return new Client() {
            @Override
            public CompletableFuture<byte[]> echo(byte[] body) {
                return delivery == Delivery.AGGREGATED ? unary(channel, body) : streaming(channel, body);
            }

            @Override
            public void close() {
                channel.shutdownNow();
            }
        };
    }

    private static CompletableFuture<byte[]> unary(ManagedChannel channel, byte[] body) {
        Collected collected = new Collected();
        ClientCalls.asyncUnaryCall(channel.newCall(UNARY, CallOptions.DEFAULT), body, collected);
        return collected.all;
    }

    private static CompletableFuture<byte[]> streaming(ManagedChannel channel, byte[] body) {
        Collected collected = new Collected();
        StreamObserver<byte[]> requests =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(STREAMING, CallOptions.DEFAULT), collected);
        for (int from = 0; from < body.length; from += PIECE) {
            requests.onNext(Arrays.copyOfRange(body, from, Math.min(body.length, from + PIECE)));
        }
        requests.onCompleted();
        return collected.all;
    }

    @Override
    public void close() {
        running.shutdownNow();
        Eventually.isTrue("the gRPC server has ended", running::isTerminated);
        executor.close();
        for (EventLoopGroup loops : new EventLoopGroup[]{clientLoops, serverLoops}) {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** A server's end of a stream. */
    private record EchoBack(StreamObserver<byte[]> answers) implements StreamObserver<byte[]> {

        @Override
        public void onNext(byte[] piece) {
            answers.onNext(piece);
        }

        @Override
        public void onError(Throwable cause) {
            // The client has gone; gRPC has ended the call.
        }

        @Override
        public void onCompleted() {
            answers.onCompleted();
        }
    }

    /** A client's end: puts together what comes. */
    private static final class Collected implements StreamObserver<byte[]> {

        final CompletableFuture<byte[]> all = new CompletableFuture<>();
        private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();

        @Override
        public void onNext(byte[] piece) {
            pieces.writeBytes(piece);
        }

        @Override
        public void onError(Throwable cause) {
            all.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            all.complete(pieces.toByteArray());
        }
    }

    /** Messages that are bytes. */
    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        MARSHALLER;

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
