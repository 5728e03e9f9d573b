/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads that fill buffers with a stamp, let some of them grow, and pass them on to each other through a queue, whole or
 * as retained slices. A chunk or a buffer that two owners have at the same time shows as a foreign stamp.
 */
@Tag("core")
class HandOffTest {

    private static final int THREADS = 4;
    private static final int BUFFERS = 20_000;
    private static final int LARGEST = 20_000;

    /** Nothing is watched: paranoid detection records a stack at each access, which is all that these tests do. */
    @RegisterExtension
    final LeakDetectionLevel leakDetection = new LeakDetectionLevel(ResourceLeakDetector.Level.DISABLED);

    private final long seed = System.nanoTime();

    @ParameterizedTest
    @EnumSource
    void noBufferHasTwoOwnersOnPlatformThreads(Kind kind) throws Exception {
        noBufferHasTwoOwners(kind, Executors.newFixedThreadPool(THREADS));
    }

    @ParameterizedTest
    @EnumSource
    void noBufferHasTwoOwnersOnVirtualThreads(Kind kind) throws Exception {
        noBufferHasTwoOwners(kind, Executors.newVirtualThreadPerTaskExecutor());
    }

    private void noBufferHasTwoOwners(Kind kind, ExecutorService executor) throws Exception {
        System.out.println("HandOffTest seed: " + seed);
        BlockingQueue<ByteBuf> onTheWay = new ArrayBlockingQueue<>(1000);
        try (MagpoolByteBufAllocator allocator = TestAllocators.withLimit(256 * TestAllocators.MIB); executor) {
            List<Future<?>> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(seed + thread);
                threads.add(executor.submit(() -> fillAndPassOn(kind, allocator, onTheWay, random)));
            }
            for (Future<?> thread : threads) {
                thread.get();
            }
            onTheWay.forEach(HandOffTest::checkAndRelease);
            Eventually.isTrue("all is home, also what a trim has in hand",
                    () -> TestAllocators.acquired(allocator) == 0);
        }
    }

    private static void fillAndPassOn(Kind kind, MagpoolByteBufAllocator allocator,
            BlockingQueue<ByteBuf> onTheWay, Random random) {
        for (int i = 0; i < BUFFERS; i++) {
            ByteBuf buf = kind.buffer(allocator, random.nextInt(LARGEST));
            stamp(buf, random.nextLong(), 1 + random.nextInt(LARGEST / Long.BYTES));
            ByteBuf passedOn = random.nextBoolean() ? buf : sliceOf(buf);
            while (!onTheWay.offer(passedOn)) {
                ByteBuf other = onTheWay.poll();
                if (other != null) {
                    checkAndRelease(other);
                }
            }
        }
    }

    private static void stamp(ByteBuf buf, long stamp, int times) {
        for (int i = 0; i < times; i++) {
            buf.writeLong(stamp);
        }
    }

    private static ByteBuf sliceOf(ByteBuf buf) {
        ByteBuf slice = buf.retainedSlice();
        buf.release();
        return slice;
    }

    private static void checkAndRelease(ByteBuf buf) {
        long stamp = buf.getLong(0);
        while (buf.isReadable() && buf.getLong(buf.readerIndex()) == stamp) {
            buf.skipBytes(Long.BYTES);
        }
        assertThat(buf.readableBytes()).as("bytes with a foreign stamp").isZero();
        assertThat(buf.release()).isTrue();
    }
}
