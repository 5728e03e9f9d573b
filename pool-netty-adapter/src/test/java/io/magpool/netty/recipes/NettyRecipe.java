/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.recipes;

import io.magpool.api.PoolConfig;
import io.magpool.netty.BackpressureHandler;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;

/** What docs/recipes.md says of Netty itself. */
final class NettyRecipe {

    private NettyRecipe() {}

    static MagpoolByteBufAllocator allocator() {
        MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.builder()
                .directPool(PoolConfig.builder().name("io").maxBytes(512L << 20).build())
                .heapPool(PoolConfig.builder().name("io-heap").storage(PoolConfig.Storage.HEAP).maxBytes(64L << 20)
                        .build())
                .heapFallback(true)
                .build();
        return allocator;
    }

    static ServerBootstrap server(ByteBufAllocator allocator) {
        ServerBootstrap server = new ServerBootstrap()
                .option(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.ALLOCATOR, allocator);
        return server;
    }

    static Bootstrap client(ByteBufAllocator allocator) {
        Bootstrap client = new Bootstrap()
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator);
        return client;
    }

    static Http2StreamChannelBootstrap streams(Channel stream, Channel connection, ByteBufAllocator allocator) {
        // a server: in the initializer of the streams
        stream.config().setAllocator(allocator);
        // a client
        Http2StreamChannelBootstrap streams = new Http2StreamChannelBootstrap(connection)
                .option(ChannelOption.ALLOCATOR, allocator);
        return streams;
    }

    static void slowing(ServerBootstrap server, MagpoolByteBufAllocator allocator, ChannelHandler yourHandlers) {
        BackpressureHandler backpressure = new BackpressureHandler(allocator.pool(), 0.75, 0.5); // one for all channels
        server.childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(backpressure).addLast(yourHandlers); // before all others
            }
        });
    }

    static ByteBufAllocator orNetty() {
        ByteBufAllocator allocator = Boolean.getBoolean("io.without-magpool")
                ? ByteBufAllocator.DEFAULT
                : MagpoolByteBufAllocator.shared();
        return allocator;
    }
}
