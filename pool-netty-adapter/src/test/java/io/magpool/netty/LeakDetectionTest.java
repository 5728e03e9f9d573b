/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("core")
class LeakDetectionTest {

    @RegisterExtension
    final LeakDetectionLevel leakDetection = new LeakDetectionLevel(ResourceLeakDetector.Level.PARANOID);

    private MagpoolByteBufAllocator allocator;

    @BeforeEach
    void create() {
        allocator = TestAllocators.withLimit(16 * TestAllocators.MIB);
    }

    @Test
    @Timeout(60)
    void aLeakedBufferBecomesUnreachableThoughThePoolIsAlive() throws InterruptedException {
        WeakReference<ByteBuf> leaked = new WeakReference<>(TestAllocators.root(allocator.directBuffer(100)));
        WeakReference<ByteBuf> leakedAfterGrowth =
                new WeakReference<>(TestAllocators.root(allocator.directBuffer(100).capacity(10_000)));
        while (!leaked.refersTo(null) || !leakedAfterGrowth.refersTo(null)) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(TestAllocators.acquired(allocator)).as("leaked memory is lost").isGreaterThanOrEqualTo(10_100);
        allocator.pool().abandon();
    }

    @Test
    void aWatchedBufferIsFoundAgainAfterItsRelease() {
        ByteBuf watched = allocator.directBuffer(100);
        MagpoolByteBuf buf = TestAllocators.root(watched);
        assertThat(watched).isNotSameAs(buf);
        watched.capacity(10_000).release();
        ByteBuf again = allocator.directBuffer(10_000);
        assertThat(TestAllocators.root(again)).isSameAs(buf);
        again.release();
        allocator.close();
    }

    @Test
    void heapBuffersAreWatchedToo() {
        ByteBuf watched = allocator.heapBuffer(100);
        assertThat(watched.unwrap()).isInstanceOf(HeapByteBuf.class);
        watched.release();
        allocator.close();
    }
}
