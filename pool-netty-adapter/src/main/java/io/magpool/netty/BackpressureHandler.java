/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Stops reading from its channels while a pool is short of memory, so that TCP slows their peers down before the pool has
 * to refuse.
 *
 * {@snippet :
 * BackpressureHandler backpressure = new BackpressureHandler(allocator.pool()); // one for all channels
 * new ServerBootstrap()
 *         .childHandler(new ChannelInitializer<>() {
 *             protected void initChannel(Channel channel) {
 *                 channel.pipeline().addLast(backpressure); // before all others
 *                 // the others
 *             }
 *         });
 * }
 *
 * <p>When the bytes in use rise above the high watermark {@linkplain ChannelConfig#setAutoRead autoRead} is switched off for
 * all channels that have this handler, and when they fall below the low one on again; a channel that comes meanwhile begins
 * without. A {@code read()} meanwhile, of a program that reads by hand or of a decoder that wants more, is kept and passed on
 * later: so the handler belongs before all others. What a program has switched off itself stays off, and what it
 * switches on meanwhile comes on later. That it switches <em>off</em> meanwhile what is off already cannot be seen: it is on
 * again afterwards.
 *
 * <p><b>One goes on.</b> Memory may be held by requests that are not complete, and if nobody read on, none ever would be. So
 * while nothing comes back within 100 ms, one channel at a time reads on, the one first that read last, for as long as
 * it has something to read and its peer takes what is written to it ({@code isWritable()}). So the server serves on, if
 * what one request needs fits between the high watermark and the limit.
 *
 * <p><b>Watermarks</b> are those of {@link BufferPool#onPressure}, so what threads have in their magazines counts as in use.
 * The channels' event loops give that up while they wait. For other threads that use the pool leave room below the low
 * watermark, or set {@link PoolConfig#threadCacheBytes()} low; those that are idle lose theirs when the pool is trimmed, which a
 * pool without a thread of its own is by its user's {@link BufferPool#maintain}.
 *
 * <p><b>Servers.</b> On a channel that accepts ({@code ServerBootstrap.handler}) it stops accepting: clients connect, as far as the
 * system's backlog reaches, and are served later. That bounds how many connections there are, not what each holds, so it is for
 * both places. Such a channel has no turn.
 *
 * <p><b>HTTP/2.</b> Give it to the streams ({@code Http2MultiplexHandler}'s), not to the connection. A stream that is not read opens no
 * window, so that its peer stops, while the connection goes on reading the frames that let answers go: window updates. Under pressure a
 * connection then holds what its own window allows. On the connection itself it works, but those frames are read in turns only.
 *
 * <p><b>Threads and ownership.</b> One object may serve any number of channels on any event loops: those of clients, those of
 * a server's children, and the one that accepts, which then stops accepting. It listens to the pool while it has channels, and needs
 * no closing. When the pool is closed under pressure, its channels read on within 100 ms: whoever reads is told why in vain.
 */
@Sharable
public final class BackpressureHandler extends ChannelDuplexHandler {

    private final PressedChannels channels;

    /**
     * Builds a handler with the watermarks 0.75 and 0.5.
     *
     * @param pool that the channels' buffers come from: {@link MagpoolByteBufAllocator#pool()}
     */
    public BackpressureHandler(BufferPool pool) {
        this(pool, 0.75, 0.5);
    }

    /**
     * Builds a handler.
     *
     * @param pool that the channels' buffers come from: {@link MagpoolByteBufAllocator#pool()}
     * @param high a fraction of the pool's limit, above {@code low}, at most 1: channels stop reading when more is in use
     * @param low a fraction of the limit, above 0: they read again when less is in use
     * @throws IllegalArgumentException if not 0 &lt; low &lt; high &lt;= 1
     */
    public BackpressureHandler(BufferPool pool, double high, double low) {
        this(pool, high, low, GlobalEventExecutor.INSTANCE);
    }

    /** Turns are given by this clock. */
    BackpressureHandler(BufferPool pool, double high, double low, ScheduledExecutorService clock) {
        this.channels = new PressedChannels(pool, high, low, clock);
    }

    /**
     * Tells whether the channels wait for memory now.
     *
     * @return true since the high watermark was crossed, until the low one is
     */
    public boolean isPressed() {
        return channels.isPressed();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channels.join(ctx);
    }

    /** Also comes for each channel that is closed. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        channels.leave(ctx);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        ReadGate gate = channels.gate(ctx);
        if (gate == null || !gate.keeps()) {
            ctx.read();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ReadGate gate = channels.gate(ctx);
        if (gate != null) {
            gate.hasRead();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ReadGate gate = channels.gate(ctx);
        if (gate != null) {
            gate.look();
        }
        ctx.fireChannelWritabilityChanged();
    }
}
