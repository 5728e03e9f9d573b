/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.api.Registration;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the handler does to each channel; all on one thread. */
@Tag("core")
class BackpressureHandlerTest {

    private static final int MIB = 1 << 20;

    /** Without a thread that trims: that may tell of a crossing too, and then the channel's turn comes when its loop runs. */
    private final BufferPool pool = BufferPool.create(PoolConfig.builder()
            .maxBytes(32L * MIB)
            .maintenance(PoolConfig.Maintenance.MANUAL)
            .build());
    private final AtomicInteger listeners = new AtomicInteger();
    private final BackpressureHandler handler = new BackpressureHandler(counting(pool), 0.7, 0.3);
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<PooledBuffer> held = new ArrayList<>();

    @BeforeEach
    void buildingItRegistersNothing() {
        assertThat(listeners).hasValue(0);
    }

    @AfterEach
    void whenAllChannelsAreClosedNothingIsRegistered() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        assertThat(listeners).hasValue(0);
        held.forEach(PooledBuffer::release);
        pool.close();
    }

    @Test
    void autoReadGoesOffAboveTheHighWatermarkAndOnBelowTheLowOne() {
        List<EmbeddedChannel> both = List.of(channel(), channel());
        hold(10);
        assertThat(both).as("20 of 32").allMatch(BackpressureHandlerTest::isAutoRead);
        hold(2);
        assertThat(both).as("24 of 32").noneMatch(BackpressureHandlerTest::isAutoRead);
        assertThat(handler.isPressed()).isTrue();
        letGo(7);
        assertThat(both).as("10 of 32").noneMatch(BackpressureHandlerTest::isAutoRead);
        letGo(1);
        assertThat(both).as("8 of 32").allMatch(BackpressureHandlerTest::isAutoRead);
        assertThat(handler.isPressed()).isFalse();
        hold(8);
        assertThat(both).as("24 of 32 again").noneMatch(BackpressureHandlerTest::isAutoRead);
    }

    @Test
    void aChannelThatComesUnderPressureBeginsWithoutReading() {
        hold(12);
        EmbeddedChannel channel = channel();
        int before = reads(channel);
        assertThat(isAutoRead(channel)).isFalse();
        assertThat(before).isZero();
        letGo(12);
        assertThat(isAutoRead(channel)).isTrue();
        assertThat(reads(channel)).isPositive();
    }

    @Test
    void whatTheProgramSwitchedOffStaysOff() {
        EmbeddedChannel channel = channel();
        channel.config().setAutoRead(false);
        int before = reads(channel);
        hold(12);
        letGo(12);
        assertThat(isAutoRead(channel)).isFalse();
        assertThat(reads(channel)).isEqualTo(before);
    }

    @Test
    void readsByHandAreKeptAndComeOnce() {
        EmbeddedChannel channel = channel();
        channel.config().setAutoRead(false);
        hold(12);
        int before = reads(channel);
        channel.read();
        channel.read();
        assertThat(reads(channel)).isEqualTo(before);
        letGo(12);
        assertThat(reads(channel)).isEqualTo(before + 1);
        assertThat(isAutoRead(channel)).isFalse();
        channel.read();
        assertThat(reads(channel)).isEqualTo(before + 2);
    }

    @Test
    void whatTheProgramSwitchesOnMeanwhileComesOnLater() {
        EmbeddedChannel channel = channel();
        channel.config().setAutoRead(false);
        hold(12);
        int before = reads(channel);
        channel.config().setAutoRead(true);
        assertThat(isAutoRead(channel)).isFalse();
        assertThat(reads(channel)).isEqualTo(before);
        letGo(12);
        assertThat(isAutoRead(channel)).isTrue();
    }

    @Test
    void aChannelWithoutTheHandlerReadsOn() {
        EmbeddedChannel channel = channel();
        hold(12);
        channel.pipeline().remove(handler);
        assertThat(isAutoRead(channel)).isTrue();
        assertThat(listeners).hasValue(0);
        channel.pipeline().addLast(handler);
        assertThat(isAutoRead(channel)).as("it is told at once of pressure that is there already").isFalse();
    }

    @Test
    void aLookThatWasDueDoesNotShutAChannelThatTheHandlerHasLeft() {
        EmbeddedChannel left = channel();
        channel(); // so that the pool is listened to further
        while (!handler.isPressed()) {
            held.add(pool.acquire(2 * MIB));
        }
        left.pipeline().remove(handler);
        left.runPendingTasks();
        assertThat(isAutoRead(left)).isTrue();
    }

    @Test
    void thePoolIsListenedToOnceForAllChannels() {
        EmbeddedChannel first = channel();
        EmbeddedChannel second = channel();
        assertThat(listeners).hasValue(1);
        first.finishAndReleaseAll();
        assertThat(listeners).hasValue(1);
        second.finishAndReleaseAll();
        assertThat(listeners).hasValue(0);
        hold(12);
        assertThat(handler.isPressed()).as("nobody listens").isFalse();
        EmbeddedChannel third = channel();
        assertThat(listeners).hasValue(1);
        assertThat(isAutoRead(third)).isFalse();
    }

    @Test
    void watermarksThatAreNoneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BackpressureHandler(pool, 1.5, 0.5))
                .withMessage("high is 1.5: must be above 0, and at most 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new BackpressureHandler(pool, 0.5, 0.5))
                .withMessage("low is 0.5: must be above 0, and below high, which is 0.5");
    }

    private void hold(int buffers) {
        for (int i = 0; i < buffers; i++) {
            held.add(pool.acquire(2 * MIB));
        }
        channels.forEach(EmbeddedChannel::runPendingTasks);
    }

    private void letGo(int buffers) {
        for (int i = 0; i < buffers; i++) {
            held.removeLast().release();
        }
        channels.forEach(EmbeddedChannel::runPendingTasks);
    }

    private EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel(new Reads(), handler);
        channels.add(channel);
        return channel;
    }

    private static boolean isAutoRead(Channel channel) {
        return channel.config().isAutoRead();
    }

    private static int reads(Channel channel) {
        return channel.pipeline().get(Reads.class).count;
    }

    /** What comes through to the transport. */
    private static final class Reads extends ChannelOutboundHandlerAdapter {

        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) {
            count++;
            ctx.read();
        }
    }

    /** The pool, but it counts who listens. */
    private BufferPool counting(BufferPool inner) {
        return (BufferPool) Proxy.newProxyInstance(BufferPool.class.getClassLoader(), new Class<?>[]{BufferPool.class},
                (self, method, args) -> {
                    Object result = method.invoke(inner, args);
                    if (!method.getName().equals("onPressure")) {
                        return result;
                    }
                    listeners.incrementAndGet();
                    return (Registration) () -> {
                        listeners.decrementAndGet();
                        ((Registration) result).close();
                    };
                });
    }
}
