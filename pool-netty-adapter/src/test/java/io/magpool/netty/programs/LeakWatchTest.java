/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.netty.ReportingLeakDetector;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

    private final Side side = new Side("leaky", 8L << 20);

    @Test
    void leakedBuffersOfBothKindsAreReportedAndOthersAreNot() {
        leakDirect();
        leakHeap();
        ReportingLeakDetector.attributeTo("a released buffer");
        side.allocator().directBuffer(100).release();
        ReportingLeakDetector.attributeTo("a buffer in use");
        ByteBuf used = side.allocator().directBuffer(100);
        ReportingLeakDetector.attributeTo("nobody");

        assertThat(LeakWatch.reportsOf("a leaked direct buffer")).hasSize(1);
        assertThat(LeakWatch.reportsOf("a leaked heap buffer")).hasSize(1);
        assertThat(LeakWatch.reportsOf("a released buffer")).isEmpty();
        assertThat(LeakWatch.reportsOf("a buffer in use")).isEmpty();
        used.release();
        side.allocator().pool().abandon();
    }

    private void leakDirect() {
        ReportingLeakDetector.attributeTo("a leaked direct buffer");
        side.allocator().directBuffer(100).writeLong(1);
    }

    private void leakHeap() {
        ReportingLeakDetector.attributeTo("a leaked heap buffer");
        side.allocator().heapBuffer(100).writeLong(1);
    }
}
