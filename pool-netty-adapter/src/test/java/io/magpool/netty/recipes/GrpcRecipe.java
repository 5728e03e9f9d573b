/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.recipes;

import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;

/** What docs/recipes.md says of gRPC. */
final class GrpcRecipe {

    private GrpcRecipe() {}

    static NettyServerBuilder server(int port, ByteBufAllocator allocator) {
        NettyServerBuilder server = NettyServerBuilder.forPort(port)
                .withOption(ChannelOption.ALLOCATOR, allocator)
                .withChildOption(ChannelOption.ALLOCATOR, allocator);
        return server;
    }

    static NettyChannelBuilder client(String host, int port, ByteBufAllocator allocator) {
        NettyChannelBuilder client = NettyChannelBuilder.forAddress(host, port)
                .withOption(ChannelOption.ALLOCATOR, allocator);
        return client;
    }
}
