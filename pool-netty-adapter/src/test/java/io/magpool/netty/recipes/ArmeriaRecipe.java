/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.recipes;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;

/** What docs/recipes.md says of Armeria. */
final class ArmeriaRecipe {

    private ArmeriaRecipe() {}

    static ServerBuilder server(ByteBufAllocator allocator) {
        ServerBuilder server = Server.builder()
                .channelOption(ChannelOption.ALLOCATOR, allocator)
                .childChannelOption(ChannelOption.ALLOCATOR, allocator);
        return server;
    }

    static ClientFactory client(ByteBufAllocator allocator) {
        ClientFactory client = ClientFactory.builder()
                .channelOption(ChannelOption.ALLOCATOR, allocator)
                .build();
        return client;
    }
}
