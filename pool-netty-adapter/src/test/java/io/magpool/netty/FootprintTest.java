/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.magpool.api.BufferPool;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much Java heap buffers cost, as the JVM counts it for this thread. */
@Tag("core")
class FootprintTest {

    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 50_000;
    private static final int ROUNDS = 5;

    /** In bytes for each operation. */
    private static final double A_STRAY_OBJECT = 0.01;

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

    @ParameterizedTest
    @EnumSource
    void aRecycledBufferCostsNothing(Kind kind) {
        for (int size : new int[]{0, 100, 4096, 65_536}) {
            assertThat(bytesForEach(i -> kind.buffer(allocator, size).release())).as("size %d", size)
                    .isLessThan(A_STRAY_OBJECT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void growthCostsNothing(Kind kind) {
        assertThat(bytesForEach(i -> {
            ByteBuf buf = kind.buffer(allocator, 100);
            buf.writerIndex(100).writeLong(i);
            return buf.ensureWritable(1000).release();
        })).isLessThan(A_STRAY_OBJECT);
    }

    @ParameterizedTest
    @EnumSource
    void theCachedViewCostsNothing(Kind kind) {
        assertThat(bytesForEach(i -> {
            ByteBuf buf = kind.buffer(allocator, 100);
            buf.internalNioBuffer(0, 100).putInt(0, i);
            return buf.release();
        })).isLessThan(A_STRAY_OBJECT);
    }

    @Test
    void aNewDirectBufferFillsOneCacheLine() {
        assumeThat(allocator.pool().statistics().memory()).as("makes no garbage on the way").isEqualTo("linux");
        PooledBuffer chunk = allocator.pool().acquire(100);
        BufferSource source = new BufferSource(allocator, allocator.pool(), BufferSource.Kind.DIRECT);
        assertThat(bytesForEach(i -> new MagpoolDirectByteBuf(source, chunk))).isLessThan(64 + A_STRAY_OBJECT);
        chunk.release();
    }

    @Test
    void aNewHeapBufferIsSmall() {
        allocator.heapBuffer(100).release();
        BufferPool pool = allocator.heapPool().orElseThrow();
        PooledBuffer chunk = pool.acquire(100);
        byte[] array = chunk.array();
        BufferSource source = new BufferSource(allocator, pool, BufferSource.Kind.HEAP);
        assertThat(bytesForEach(i -> new MagpoolHeapByteBuf(source, chunk, array)))
                .as("with its segment, and the session of that")
                .isLessThan(64 + 72 + A_STRAY_OBJECT);
        chunk.release();
    }

    /** The best of some rounds: in others the JVM compiles, or builds what it builds once. */
    private double bytesForEach(IntFunction<Object> operation) {
        run(operation, WARM_UP);
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long atStart = threads.getCurrentThreadAllocatedBytes();
            run(operation, MEASURED);
            least = Math.min(least, (double) (threads.getCurrentThreadAllocatedBytes() - atStart) / MEASURED);
        }
        return least;
    }

    private void run(IntFunction<Object> operation, int times) {
        for (int i = 0; i < times; i++) {
            sink = operation.apply(i);
        }
        assertThat(sink).isNotNull();
    }
}
