/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Another protocol, whose server's failures are noted before the server handles them. */
record Watched(Protocol inner, Queue<Throwable> failures) implements Protocol {

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
