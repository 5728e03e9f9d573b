/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** HTTP/2 in the clear, with prior knowledge; each request is a stream, and so a channel of its own. */
record Http2(Delivery delivery) implements Protocol {

    @Override
    public void addServer(ChannelPipeline pipeline) {
        ChannelHandler streams = NettyEcho.initializer(stream -> {
            stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
            HttpServerEcho.addTo(stream.pipeline(), delivery);
        });
        pipeline.addLast(Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(streams));
    }

    @Override
    public void addClient(ChannelPipeline pipeline) {
        ChannelHandler pushed = new ChannelInboundHandlerAdapter();
        pipeline.addLast(Http2FrameCodecBuilder.forClient().build(), new Http2MultiplexHandler(pushed));
    }

    @Override
    public CompletableFuture<byte[]> echo(Channel connection, byte[] body) {
        CompletableFuture<Channel> opened = new CompletableFuture<>();
        new Http2StreamChannelBootstrap(connection).handler(NettyEcho.initializer(stream -> {
            stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false));
            HttpClientEcho.addTo(stream.pipeline());
        })).open().addListener(future -> {
            if (future.isSuccess()) {
                opened.complete((Channel) future.getNow());
            } else {
                opened.completeExceptionally(future.cause());
            }
        });
        try {
            return HttpClientEcho.send(opened.orTimeout(50, TimeUnit.SECONDS).join(), body, delivery);
        } catch (CompletionException e) {
            return CompletableFuture.failedFuture(e.getCause());
        }
    }
}
