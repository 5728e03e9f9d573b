/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PooledBuffer;
import io.magpool.netty.BackpressureHandler;
import io.magpool.netty.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the handler does where it is not in a connection's pipeline: at the channel that accepts, and with HTTP/2. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // what does not get through does not arrive
class BackpressurePlacesTest {

    private static final int MIB = 1 << 20;
    private static final int WINDOW = 65_535; // of a stream, and of a connection

    private final Side server = new Side("server", 32 * MIB);
    private final Side client = new Side("client", 32 * MIB);
    private final BackpressureHandler backpressure = new BackpressureHandler(server.allocator().pool(), 0.7, 0.3);
    private final EventLoopGroup serverLoops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.ioHandler());
    private final EventLoopGroup clientLoops = new MultiThreadIoEventLoopGroup(1, Transport.NIO.ioHandler());
    private final List<PooledBuffer> held = new ArrayList<>();

    @AfterEach
    void nothingIsOut() {
        letGo();
        for (EventLoopGroup loops : new EventLoopGroup[]{clientLoops, serverLoops}) {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
        server.awaitNothingOut();
        client.awaitNothingOut();
        server.close();
        client.close();
    }

    @Test
    void aServerStopsAcceptingAndAcceptsThoseWhoWaitAfterwards() {
        Queue<Channel> accepted = new ConcurrentLinkedQueue<>();
        Channel listening = serve(backpressure, NettyEcho.initializer(accepted::add));
        Channel before = connect(listening, NettyEcho.initializer(channel -> {}));
        Eventually.isTrue("the first is accepted", () -> accepted.size() == 1);

        press();
        Eventually.isTrue("the server accepts nobody", () -> !listening.config().isAutoRead());
        Channel waiting = connect(listening, NettyEcho.initializer(channel -> {}));
        waiting.writeAndFlush(waiting.alloc().buffer().writeByte(1)).syncUninterruptibly();
        turnsOfTheLoop();
        assertThat(accepted).as("accepted under pressure").hasSize(1);
        assertThat(accepted.peek().config().isAutoRead()).as("a channel without the handler").isTrue();

        letGo();
        Eventually.isTrue("the second is accepted", () -> accepted.size() == 2);
        before.close().syncUninterruptibly();
        waiting.close().syncUninterruptibly();
    }

    /** A server that has had trouble to accept switches itself off, and on again later, by a task on its loop. */
    @Test
    void aServerThatIsSwitchedOnUnderPressureAcceptsAfterwards() {
        Queue<Channel> accepted = new ConcurrentLinkedQueue<>();
        Channel listening = serve(backpressure, NettyEcho.initializer(accepted::add));
        listening.eventLoop().submit(() -> listening.config().setAutoRead(false)).syncUninterruptibly();
        press();
        listening.eventLoop().submit(() -> listening.config().setAutoRead(true)).syncUninterruptibly();
        assertThat(listening.config().isAutoRead()).isFalse();
        Channel waiting = connect(listening, NettyEcho.initializer(channel -> {}));
        turnsOfTheLoop();
        assertThat(accepted).isEmpty();
        letGo();
        Eventually.isTrue("it is accepted", () -> accepted.size() == 1);
        waiting.close().syncUninterruptibly();
    }

    enum Place {
        STREAMS,
        CONNECTION
    }

    /** As long as pressure lasts, a request gets as far as the window of its stream, or into the socket; and then on. */
    @ParameterizedTest
    @EnumSource
    void whatAStreamSendsWaitsInTheClientAndComesAfterwards(Place place) throws Exception {
        int size = 4 * WINDOW;
        AtomicInteger received = new AtomicInteger();
        Channel listening = serve(null, NettyEcho.initializer(connection -> addServer(connection, place, received)));
        AtomicInteger pongs = new AtomicInteger();
        Channel connection = connect(listening, NettyEcho.initializer(channel -> channel.pipeline()
                .addLast(Http2FrameCodecBuilder.forClient().autoAckPingFrame(true).build(),
                        new Http2MultiplexHandler(NettyEcho.initializer(pushed -> {})), new Pongs(pongs))));
        ping(connection);
        Eventually.isTrue("the connection serves", () -> pongs.get() == 1);

        press();
        Channel stream = new Http2StreamChannelBootstrap(connection).handler(NettyEcho.initializer(channel -> {}))
                .open().get(50, TimeUnit.SECONDS);
        stream.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().method("POST").path("/").scheme("http")));
        stream.writeAndFlush(new DefaultHttp2DataFrame(stream.alloc().buffer(size).writeZero(size), true));
        for (int i = 2; i <= 4; i++) { // so that the client has heard of each window that was opened
            int count = i;
            ping(connection);
            Eventually.isTrue("the connection still answers, at once or in its turn", () -> pongs.get() == count);
        }
        if (place == Place.STREAMS) {
            assertThat(received.get()).as("received under pressure").isLessThanOrEqualTo(WINDOW);
        }

        letGo();
        Eventually.isTrue("all has come", () -> received.get() == size, received::get);
        connection.close().syncUninterruptibly();
    }

    private void addServer(Channel connection, Place place, AtomicInteger received) {
        ChannelPipeline pipeline = connection.pipeline();
        if (place == Place.CONNECTION) {
            pipeline.addLast(backpressure);
        }
        pipeline.addLast(Http2FrameCodecBuilder.forServer().build(),
                new Http2MultiplexHandler(NettyEcho.initializer(stream -> {
                    if (place == Place.STREAMS) {
                        stream.pipeline().addLast(backpressure);
                    }
                    stream.pipeline().addLast(new Sum(received));
                })));
    }

    private static void ping(Channel connection) {
        connection.writeAndFlush(new DefaultHttp2PingFrame(42)).syncUninterruptibly();
    }

    private Channel serve(ChannelHandler atTheServer, ChannelHandler atItsChildren) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(serverLoops)
                .channel(Transport.NIO.serverChannel())
                .option(ChannelOption.ALLOCATOR, server.allocator())
                .childOption(ChannelOption.ALLOCATOR, server.allocator())
                .childHandler(atItsChildren);
        if (atTheServer != null) {
            bootstrap.handler(atTheServer);
        }
        return bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private Channel connect(Channel listening, ChannelHandler handler) {
        return new Bootstrap().group(clientLoops)
                .channel(Transport.NIO.channel())
                .option(ChannelOption.ALLOCATOR, client.allocator())
                .handler(handler)
                .connect(listening.localAddress())
                .syncUninterruptibly()
                .channel();
    }

    /** 24 of 32 MiB, whoever listens. */
    private void press() {
        for (int i = 0; i < 12; i++) {
            held.add(server.allocator().pool().acquire(2 * MIB));
        }
    }

    private void letGo() {
        held.forEach(PooledBuffer::release);
        held.clear();
    }

    /** So often that it would have found what was to be found. */
    private void turnsOfTheLoop() {
        for (int i = 0; i < 10; i++) {
            serverLoops.next().submit(() -> {}).syncUninterruptibly();
        }
    }

    private static final class Sum extends SimpleChannelInboundHandler<Http2StreamFrame> {

        private final AtomicInteger bytes;

        Sum(AtomicInteger bytes) {
            this.bytes = bytes;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) {
            if (frame instanceof Http2DataFrame data) {
                bytes.addAndGet(data.content().readableBytes());
            }
        }
    }

    private static final class Pongs extends SimpleChannelInboundHandler<Http2PingFrame> {

        private final AtomicInteger count;

        Pongs(AtomicInteger count) {
            this.count = count;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Http2PingFrame frame) {
            if (frame.ack()) {
                count.incrementAndGet();
            }
        }
    }
}
