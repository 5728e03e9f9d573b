/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;

/** Sends one request at a time and takes its answer. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and with it the answer fails
final class HttpClientEcho extends SimpleChannelInboundHandler<FullHttpResponse> {

    private static final int PIECE = 50_000;

    private volatile CompletableFuture<byte[]> answer = new CompletableFuture<>();

    static void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpObjectAggregator(HttpServerEcho.MAX_BODY), new HttpClientEcho());
    }

    /** From a thread of the test: its buffers are acquired here, and released on the event loop. */
    static CompletableFuture<byte[]> send(Channel channel, byte[] body, Delivery delivery) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        HttpClientEcho handler = channel.pipeline().get(HttpClientEcho.class);
        if (handler == null) { // a closed channel loses its handlers
            return CompletableFuture.failedFuture(new ClosedChannelException());
        }
        handler.answer = answer;
        if (delivery == Delivery.AGGREGATED) {
            sendWhole(channel, body);
        } else {
            sendPieces(channel, body);
        }
        // On the event loop, after what was written: if the channel was closed already, nobody else would say so.
        channel.eventLoop().execute(() -> {
            if (!channel.isActive()) {
                answer.completeExceptionally(new ClosedChannelException());
            }
        });
        return answer;
    }

    private static void sendWhole(Channel channel, byte[] body) {
        ByteBuf content = channel.alloc().buffer(body.length).writeBytes(body);
        HttpRequest request =
                withHeaders(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", content));
        HttpUtil.setContentLength(request, body.length);
        channel.writeAndFlush(request);
    }

    private static void sendPieces(Channel channel, byte[] body) {
        HttpRequest request = withHeaders(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        HttpUtil.setTransferEncodingChunked(request, true);
        channel.write(request);
        for (int from = 0; from < body.length; from += PIECE) {
            int length = Math.min(PIECE, body.length - from);
            // From an estimate that is too small, so that the buffer has to grow.
            ByteBuf piece = channel.alloc().buffer(length / 3).writeBytes(body, from, length);
            channel.writeAndFlush(new DefaultHttpContent(piece));
        }
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static HttpRequest withHeaders(HttpRequest request) {
        request.headers()
                .set(HttpHeaderNames.HOST, "localhost")
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.GZIP);
        return request;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
        if (response.decoderResult().isSuccess()) {
            answer.complete(ByteBufUtil.getBytes(response.content()));
        } else {
            answer.completeExceptionally(response.decoderResult().cause());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        answer.completeExceptionally(new ClosedChannelException());
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        answer.completeExceptionally(cause);
        ctx.close();
    }
}
