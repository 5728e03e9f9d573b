/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.recipes;

import io.magpool.netty.BackpressureHandler;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** What docs/recipes.md says of Reactor Netty. */
final class ReactorNettyRecipe {

    private ReactorNettyRecipe() {}

    static HttpServer server(MagpoolByteBufAllocator allocator) {
        BackpressureHandler backpressure = new BackpressureHandler(allocator.pool());
        HttpServer server = HttpServer.create()
                .option(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(backpressure)); // if you like
        return server;
    }

    static HttpClient client(MagpoolByteBufAllocator allocator) {
        HttpClient client = HttpClient.create()
                .option(ChannelOption.ALLOCATOR, allocator);
        return client;
    }
}
