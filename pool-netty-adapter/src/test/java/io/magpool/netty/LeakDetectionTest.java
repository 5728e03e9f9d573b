/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
class LeakDetectionTest {

    @RegisterExtension
    final LeakDetectionLevel leakDetection = new LeakDetectionLevel(ResourceLeakDetector.Level.PARANOID);

    private MagpoolByteBufAllocator allocator;

    @BeforeEach
    void create() {
        allocator = TestAllocators.withLimit(16 * TestAllocators.MIB);
    }

    @ParameterizedTest
    @EnumSource
    void aLeakedBufferBecomesUnreachableThoughThePoolIsAlive(Kind kind) {
        WeakReference<ByteBuf> leaked = new WeakReference<>(TestAllocators.root(kind.buffer(allocator, 100)));
        WeakReference<ByteBuf> leakedAfterGrowth =
                new WeakReference<>(TestAllocators.root(kind.buffer(allocator, 100).capacity(10_000)));
        Eventually.isTrue("the buffers are collected", () -> {
            System.gc();
            return leaked.refersTo(null) && leakedAfterGrowth.refersTo(null);
        });
        assertThat(TestAllocators.acquired(allocator)).as("leaked memory is lost").isGreaterThanOrEqualTo(10_100);
        allocator.pool().abandon();
        allocator.heapPool().ifPresent(BufferPool::abandon);
    }

    @ParameterizedTest
    @EnumSource
    void aWatchedBufferIsFoundAgainAfterItsRelease(Kind kind) {
        ByteBuf watched = kind.buffer(allocator, 100);
        MagpoolByteBuf buf = TestAllocators.root(watched);
        assertThat(watched).isNotSameAs(buf);
        watched.capacity(10_000).release();
        ByteBuf again = kind.buffer(allocator, 10_000);
        assertThat(TestAllocators.root(again)).isSameAs(buf);
        again.release();
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachLevelWatchesWhatItSays(Kind kind) {
        for (ResourceLeakDetector.Level level : ResourceLeakDetector.Level.values()) {
            ResourceLeakDetector.setLevel(level);
            int watched = 0;
            for (int i = 0; i < 2000; i++) {
                ByteBuf buf = kind.buffer(allocator, 100).writeLong(i);
                watched += buf instanceof MagpoolByteBuf ? 0 : 1;
                assertThat(buf.retainedSlice().release()).isFalse();
                assertThat(buf.release()).isTrue();
            }
            switch (level) {
                case DISABLED -> assertThat(watched).isZero();
                case SIMPLE, ADVANCED -> assertThat(watched).as("a sample").isBetween(0, 200);
                case PARANOID -> assertThat(watched).isEqualTo(2000);
            }
        }
        allocator.close();
    }
}
