/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.util.concurrent.CompletableFuture;

/**
 * HTTP/1.1.
 *
 * @param compressed whether the server compresses its answers
 */
record Http1(Delivery delivery, boolean compressed) implements Protocol {

    Http1(Delivery delivery) {
        this(delivery, false);
    }

    @Override
    public void addServer(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler());
        if (compressed) {
            pipeline.addLast(new HttpContentCompressor());
        }
        HttpServerEcho.addTo(pipeline, delivery);
    }

    @Override
    public void addClient(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpClientCodec(), new HttpContentDecompressor(0));
        HttpClientEcho.addTo(pipeline);
    }

    @Override
    public CompletableFuture<byte[]> echo(Channel connection, byte[] body) {
        return HttpClientEcho.send(connection, body, delivery);
    }
}
