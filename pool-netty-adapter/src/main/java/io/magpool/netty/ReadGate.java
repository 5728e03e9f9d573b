/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ServerChannel;
import java.util.concurrent.RejectedExecutionException;

/**
 * Whether one channel reads. Its state belongs to the executor of its context, which is the channel's event loop unless the
 * handler was added with another; everybody else can only ask for a {@linkplain #lookSoon look}, at which the gate asks what is to
 * be. So late, doubled and overtaking messages do no harm.
 *
 * <p>autoRead alone does not stop a channel: decoders and programs that have it switched off call {@code read()} themselves.
 * Keeping {@code read()} alone does not either: a transport whose autoRead is on reads on without being asked.
 */
final class ReadGate {

    private final ChannelHandlerContext ctx;
    private final PressedChannels channels;

    // On the executor.
    private boolean isShut;
    private boolean isAutoReadOwed;
    private boolean isReadOwed;
    private boolean isOver; // nobody would open it again

    private volatile long lastRead; // System.nanoTime; written on the executor
    private volatile long turn; // the number of the last turn that it had; written by who gives turns

    ReadGate(ChannelHandlerContext ctx, PressedChannels channels) {
        this.ctx = ctx;
        this.channels = channels;
    }

    void lookSoon() {
        execute(this::look);
    }

    /** Passes something on to the executor; in vain when that has ended, and the channel with it. */
    void execute(Runnable task) {
        try {
            ctx.executor().execute(task);
        } catch (RejectedExecutionException ended) {
            // Nothing is read there any more.
        }
    }

    /** On the executor. */
    void look() {
        if (isOver) {
            return; // it was asked to look before
        }
        boolean open = !channels.isPressed() || (channels.hasTurn(this) && ctx.channel().isWritable());
        if (open && isShut) {
            open();
        } else if (!open && !isShut) {
            shut();
        }
    }

    private void shut() {
        isShut = true;
        ChannelConfig config = ctx.channel().config();
        if (config.isAutoRead()) {
            isAutoReadOwed = true;
            config.setAutoRead(false);
        }
    }

    /** On the executor: the channel reads from now on as if there were no gate. */
    void end() {
        isOver = true;
        if (ctx.channel().isOpen()) {
            open();
        }
    }

    /** On the executor. What it finds to be owed passes the handler's {@code read()} again, so the gate is open first. */
    private void open() {
        boolean autoRead = isAutoReadOwed;
        boolean read = isReadOwed;
        isShut = false;
        isAutoReadOwed = false;
        isReadOwed = false;
        if (autoRead) {
            ctx.channel().config().setAutoRead(true); // reads
        } else if (read) {
            ctx.read();
        }
    }

    /**
     * On the executor: keeps a {@code read()} while the gate is shut. One that comes because the program has switched autoRead on is
     * kept as that.
     */
    boolean keeps() {
        if (!isShut) {
            return false;
        }
        ChannelConfig config = ctx.channel().config();
        if (config.isAutoRead()) {
            isAutoReadOwed = true;
            config.setAutoRead(false);
        } else {
            isReadOwed = true;
        }
        return true;
    }

    /** On the executor, after some messages. */
    void hasRead() {
        lastRead = System.nanoTime();
    }

    long lastRead() {
        return lastRead;
    }

    long turn() {
        return turn;
    }

    /** By who gives turns. */
    void turn(long number) {
        turn = number;
    }

    boolean mayHaveTurn() {
        return ctx.channel().isWritable() && !(ctx.channel() instanceof ServerChannel);
    }

    /** What channels of one event loop have in common. */
    Object loop() {
        return ctx.executor();
    }
}
