/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Server and clients of Netty's own bootstraps. */
final class NettyEcho implements EchoProgram {

    private final Protocol protocol;
    private final EventLoopGroup serverLoops;
    private final EventLoopGroup clientLoops;
    private final Bootstrap clients;
    private final Channel listening;

    NettyEcho(Protocol protocol, Transport transport, Side server, Side client) {
        this.protocol = protocol;
        this.serverLoops = new MultiThreadIoEventLoopGroup(2, transport.ioHandler());
        this.clientLoops = new MultiThreadIoEventLoopGroup(2, transport.ioHandler());
        this.listening = new ServerBootstrap().group(serverLoops)
                .channel(transport.serverChannel())
                .option(ChannelOption.ALLOCATOR, server.allocator())
                .childOption(ChannelOption.ALLOCATOR, server.allocator())
                .childHandler(initializer(channel -> protocol.addServer(channel.pipeline())))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        this.clients = new Bootstrap().group(clientLoops)
                .channel(transport.channel())
                .option(ChannelOption.ALLOCATOR, client.allocator())
                .handler(initializer(channel -> protocol.addClient(channel.pipeline())));
    }

    /** What is done to a new channel. */
    interface Setup {
        void accept(Channel channel);
    }

    static ChannelHandler initializer(Setup setup) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                setup.accept(channel);
            }
        };
    }

    @Override
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public Client connect(int port) {
        Channel connection = clients.connect(InetAddress.getLoopbackAddress(), port).syncUninterruptibly().channel();
        return new Client() {
            @Override
            public CompletableFuture<byte[]> echo(byte[] body) {
                return protocol.echo(connection, body);
            }

            @Override
            public void close() {
                connection.close().syncUninterruptibly();
            }
        };
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        for (EventLoopGroup loops : new EventLoopGroup[]{clientLoops, serverLoops}) {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
