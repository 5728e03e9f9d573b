/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.concurrent.CompletableFuture;

/** What the two sides of a connection say to each other, as handlers of Netty's. */
interface Protocol {

    void addServer(ChannelPipeline pipeline);

    void addClient(ChannelPipeline pipeline);

    /** Sends {@code body} over a connection of a client; completes with the answer. */
    CompletableFuture<byte[]> echo(Channel connection, byte[] body);
}
