/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How much Java heap buffers cost, as the JVM counts it for this thread. */
@Tag("core")
class FootprintTest {

    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 100_000;

    @RegisterExtension
    final LeakDetectionLevel leakDetection = new LeakDetectionLevel(ResourceLeakDetector.Level.DISABLED);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private MagpoolByteBufAllocator allocator;
    private Object sink = "";

    @BeforeEach
    void create() {
        assumeThat(threads.isThreadAllocatedMemoryEnabled()).isTrue();
        allocator = TestAllocators.withLimit(64 * TestAllocators.MIB);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void aRecycledBufferCostsNothing() {
        for (int size : new int[]{0, 100, 4096, 65_536}) {
            assertThat(bytesForEach(i -> allocator.directBuffer(size).release())).as("size %d", size).isLessThan(0.01);
        }
    }

    @Test
    void growthCostsNothing() {
        assertThat(bytesForEach(i -> {
            ByteBuf buf = allocator.directBuffer(100);
            buf.writerIndex(100).writeLong(i);
            return buf.ensureWritable(1000).release();
        })).isLessThan(0.01);
    }

    @Test
    void theCachedViewCostsNothing() {
        assertThat(bytesForEach(i -> {
            ByteBuf buf = allocator.directBuffer(100);
            buf.internalNioBuffer(0, 100).putInt(0, i);
            return buf.release();
        })).isLessThan(0.01);
    }

    @Test
    void aNewBufferIsSmall() {
        assumeThat(allocator.pool().statistics().memory()).as("makes no garbage on the way").isEqualTo("linux");
        PooledBuffer chunk = allocator.pool().acquire(100);
        assertThat(bytesForEach(i -> new MagpoolByteBuf(allocator, chunk))).isLessThan(73);
        chunk.release();
    }

    private double bytesForEach(IntFunction<Object> operation) {
        run(operation, WARM_UP);
        long atStart = threads.getCurrentThreadAllocatedBytes();
        run(operation, MEASURED);
        return (double) (threads.getCurrentThreadAllocatedBytes() - atStart) / MEASURED;
    }

    private void run(IntFunction<Object> operation, int times) {
        for (int i = 0; i < times; i++) {
            sink = operation.apply(i);
        }
        assertThat(sink).isNotNull();
    }
}
