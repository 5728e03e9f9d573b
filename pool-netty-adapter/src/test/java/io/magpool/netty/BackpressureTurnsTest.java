/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While pressure lasts: one channel reads on, and what event loops have ready comes back. */
@Timeout(60)
class BackpressureTurnsTest {

    private static final int MIB = 1 << 20;

    private final BufferPool pool = BufferPool.create(PoolConfig.builder().maxBytes(32L * MIB).build());
    private final AtomicInteger ticks = new AtomicInteger();
    private final AtomicInteger walks = new AtomicInteger();
    private volatile Runnable beforeEachTurn = () -> {};
    private volatile Runnable duringEachWalk = () -> {};
    private final Clock clock = new Clock();
    private final BackpressureHandler handler = new BackpressureHandler(observed(pool), 0.7, 0.3, clock);

    private final EventExecutor loop = new DefaultEventExecutor();
    private final List<EmbeddedChannel> channels = new CopyOnWriteArrayList<>();
    private final List<Integer> turns = new CopyOnWriteArrayList<>(); // whose reads came through under pressure
    private final List<Long> atOnce = new CopyOnWriteArrayList<>(); // how many channels read at that time
    private final List<PooledBuffer> held = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        held.forEach(PooledBuffer::release);
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        clock.shutdownNow();
        pool.close();
    }

    @Test
    void allHaveATurnOneAfterTheOtherAndFirstTheOneThatReadLast() throws Exception {
        addChannels(3);
        hasRead(2);
        hasRead(1);
        press();
        Eventually.isTrue("all have had a turn twice", () -> turns.size() >= 6);
        letGo();
        assertThat(turns.subList(0, 3)).containsExactly(1, 2, 0);
        assertThat(turns.subList(3, 6)).containsExactly(1, 2, 0);
        assertThat(atOnce.subList(0, 6)).containsOnly(1L);
    }

    @Test
    void whoHasSomethingToReadKeepsItsTurn() throws Exception {
        addChannels(2);
        hasRead(0);
        beforeEachTurn = () -> hasRead(0);
        press();
        Eventually.isTrue("several turns could have been given", () -> ticks.get() >= 5);
        assertThat(turns).isNotEmpty().containsOnly(0);
        assertThat(walks).as("for the first turn alone").hasValue(1);
        beforeEachTurn = () -> {};
        Eventually.isTrue("it is the other one's turn", () -> turns.contains(1));
    }

    @Test
    void whoseAnswersAreNotTakenHasNone() throws Exception {
        addChannels(2);
        hasRead(0);
        channels.getFirst().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        press();
        Eventually.isTrue("two turns could have been given", () -> ticks.get() >= 3);
        assertThat(turns).isNotEmpty().containsOnly(1);
    }

    @Test
    void whatTheLoopHasReadyDoesNotKeepItWaiting() throws Exception {
        BackpressureHandler patient = new BackpressureHandler(pool, 0.5, 0.001); // less than one magazine
        EmbeddedChannel channel = new EmbeddedChannel();
        channels.add(channel);
        addOnLoop(channel, patient);
        loop.submit(() -> {
            List<PooledBuffer> chunks = new ArrayList<>();
            while (!patient.isPressed()) {
                chunks.add(pool.acquire(16_384));
            }
            chunks.forEach(PooledBuffer::release);
            assertThat(patient.isPressed()).as("some are ready in this thread").isTrue();
        }).sync();
        Eventually.isTrue("pressure is over", () -> !patient.isPressed());
    }

    @Test
    void afterATurnThatFailedComesTheNext() throws Exception {
        addChannels(1);
        AtomicInteger failures = new AtomicInteger();
        duringEachWalk = () -> {
            if (failures.getAndIncrement() == 0) {
                throw new OutOfMemoryError("as if the Java heap had no room");
            }
        };
        press();
        Eventually.isTrue("a turn after the failure", () -> !turns.isEmpty());
        assertThat(failures).hasValueGreaterThan(1);
    }

    @Test
    void whenThePoolIsClosedTicksEndAndChannelsReadOn() throws Exception {
        addChannels(1);
        press();
        Eventually.isTrue("ticks have begun", () -> ticks.get() >= 1);
        pool.abandon();
        Eventually.isTrue("no tick is to come", () -> clock.begun.stream().allMatch(ScheduledFuture::isDone));
        assertThat(handler.isPressed()).isFalse();
        awaitLoop();
        assertThat(channels.getFirst().config().isAutoRead()).isTrue();
    }

    private void addChannels(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            int index = i;
            EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext ctx) {
                    if (handler.isPressed()) {
                        atOnce.add(channels.stream().filter(each -> each.config().isAutoRead()).count());
                        turns.add(index);
                    }
                    ctx.read();
                }
            });
            addOnLoop(channel, handler);
            channels.add(channel);
        }
        awaitLoop();
    }

    /** An embedded channel has no thread of its own. */
    @SuppressWarnings("deprecation") // there is no other way
    private void addOnLoop(EmbeddedChannel channel, BackpressureHandler added) {
        channel.pipeline().addLast(loop, added);
    }

    /** Something came for a channel. */
    private void hasRead(int index) {
        channels.get(index).pipeline().fireChannelReadComplete();
        awaitLoop();
    }

    private void awaitLoop() {
        loop.submit(() -> {}).syncUninterruptibly();
    }

    private void press() {
        while (!handler.isPressed()) {
            held.add(pool.acquire(2 * MIB));
        }
    }

    private void letGo() {
        held.forEach(PooledBuffer::release);
        held.clear();
        awaitLoop();
    }

    /** Netty's own, but the test is there when a turn is about to be given. */
    private final class Clock extends ScheduledThreadPoolExecutor {

        final List<ScheduledFuture<?>> begun = new CopyOnWriteArrayList<>();

        Clock() {
            super(1, Thread.ofPlatform().daemon().factory());
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            ScheduledFuture<?> future = super.scheduleWithFixedDelay(() -> {
                beforeEachTurn.run();
                ticks.incrementAndGet();
                task.run();
            }, first, delay, unit);
            begun.add(future);
            return future;
        }
    }

    /** The pool, but it counts the walks. */
    private BufferPool observed(BufferPool inner) {
        return (BufferPool) Proxy.newProxyInstance(BufferPool.class.getClassLoader(), new Class<?>[]{BufferPool.class},
                (self, method, args) -> {
                    if (method.getName().equals("statistics")) {
                        walks.incrementAndGet();
                        duringEachWalk.run();
                    }
                    try {
                        return method.invoke(inner, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
