/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Sends a request's body back without a copy: the buffers that came in go out. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel
final class HttpServerEcho extends SimpleChannelInboundHandler<HttpObject> {

    static final int MAX_BODY = 16 << 20;

    static void addTo(ChannelPipeline pipeline, Delivery delivery) {
        if (delivery == Delivery.AGGREGATED) {
            pipeline.addLast(new HttpObjectAggregator(MAX_BODY));
        }
        pipeline.addLast(new HttpServerEcho());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        switch (message) {
            case FullHttpRequest request -> write(ctx, whole(request));
            case HttpRequest request -> write(ctx, head());
            case LastHttpContent last -> write(ctx, new DefaultLastHttpContent(last.content().retain()));
            case HttpContent piece -> write(ctx, new DefaultHttpContent(piece.content().retain()));
            default -> ctx.close();
        }
    }

    /** Also for want of memory a write may fail, and a part of an answer is worse than none. */
    private static void write(ChannelHandlerContext ctx, HttpObject message) {
        ctx.write(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private static FullHttpResponse whole(FullHttpRequest request) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
                request.content().retain());
        HttpUtil.setContentLength(response, response.content().readableBytes());
        return response;
    }

    private static HttpResponse head() {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(response, true);
        return response;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
