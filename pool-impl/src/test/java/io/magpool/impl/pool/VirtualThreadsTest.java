/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Virtual threads own no cache, and there may be many of them. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class VirtualThreadsTest extends PoolTest {

    private static final int THREADS = 3000;
    private static final int VERY_MANY = 100_000;

    @Test
    void thousandsAcquireHoldAndRelease() throws Exception {
        int count = THREADS;
        BufferPool pool = pool(variant.isPortable() ? 128 * MIB : 64 * MIB);
        CountDownLatch allHold = new CountDownLatch(count);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int size = 64 + i * 7 % 20_000;
                byte mark = (byte) i;
                results.add(threads.submit(() -> {
                    PooledBuffer acquired;
                    try {
                        acquired = pool.acquire(size);
                    } finally {
                        allHold.countDown(); // also where it is refused, which the result tells
                    }
                    try (PooledBuffer buffer = acquired) {
                        buffer.segment().fill(mark);
                        assertThat(allHold.await(50, TimeUnit.SECONDS)).as("all hold a buffer").isTrue();
                        return buffer.segment().mismatch(filled(buffer.capacity(), mark)) == -1;
                    }
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).as("the buffer is as its owner left it").isTrue();
            }
        }
        assertThat(pool.statistics().threadCaches()).isZero();
        assertThat(pool.statistics().acquires()).isEqualTo(count);
        assertAddsUp(pool, List.of());
    }

    /** Every other thread waits until another has taken its buffer, and the rest hold theirs while they wait for one. */
    @Test
    void aHundredThousandHoldAcrossBlockingCallsHandOverAndReleaseAndNoneIsPinned(@TempDir Path folder)
            throws Exception {
        Assumptions.assumeFalse(variant.isFenced(), "the mode of the guard is no matter here");
        BufferPool pool = pool(128 * MIB);
        Thread.ofVirtual().start(() -> pool.acquire(1).release()).join(); // to load a class pins, for once
        long before = pool.statistics().acquires();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            recording.start();
            holdAcrossBlockingCallsHandOverAndRelease(pool);
            recording.stop();
            recording.dump(folder.resolve("pinned.jfr"));
        }
        assertThat(RecordingFile.readAllEvents(folder.resolve("pinned.jfr")))
                .filteredOn(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                .filteredOn(VirtualThreadsTest::isInThePool)
                .isEmpty();
        assertThat(pool.statistics().threadCaches()).isZero();
        assertThat(pool.statistics().acquires() - before).isEqualTo(VERY_MANY);
        assertAddsUp(pool, List.of());
    }

    private static boolean isInThePool(RecordedEvent pinned) {
        return pinned.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .anyMatch(type -> type.startsWith("io.magpool.") && !type.contains("Test"));
    }

    private static void holdAcrossBlockingCallsHandOverAndRelease(BufferPool pool) throws Exception {
        LinkedTransferQueue<PooledBuffer> handedOver = new LinkedTransferQueue<>();
        AtomicInteger intact = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> ended = new ArrayList<>();
            for (int i = 0; i < VERY_MANY; i++) {
                int size = 1 + i % 500;
                boolean gives = i % 2 == 0;
                ended.add(threads.submit(() -> {
                    PooledBuffer own = pool.acquire(size);
                    own.segment().fill((byte) size);
                    if (gives) {
                        assertThat(handedOver.tryTransfer(own, 50, TimeUnit.SECONDS)).as("was taken").isTrue();
                        return null;
                    }
                    PooledBuffer got = handedOver.poll(50, TimeUnit.SECONDS);
                    for (PooledBuffer buffer : List.of(own, got)) {
                        intact.addAndGet(isFilled(buffer) ? 1 : 0);
                        buffer.release();
                    }
                    return null;
                }));
            }
            for (Future<Void> thread : ended) {
                thread.get();
            }
        }
        assertThat(intact).as("buffers that are as their owners left them").hasValue(VERY_MANY);
    }

    private static boolean isFilled(PooledBuffer buffer) {
        return buffer.segment().mismatch(filled(buffer.capacity(), (byte) buffer.size())) == -1;
    }

    private static MemorySegment filled(long bytes, byte mark) {
        return MemorySegment.ofArray(new byte[(int) bytes]).fill(mark);
    }

    @Test
    void buffersPassBetweenVirtualAndPlatformThreads() throws Exception {
        BufferPool pool = pool(64 * MIB);
        for (long size : List.of(10L, 5000L, MIB, 2 * MIB)) {
            List<PooledBuffer> held = new ArrayList<>();
            Thread.ofVirtual()
                    .start(() -> {
                        for (int i = 0; i < 10; i++) {
                            held.add(pool.acquire(size));
                        }
                    })
                    .join();
            assertAddsUp(pool, held);
            release(held);
            held.clear();
            for (int i = 0; i < 10; i++) {
                held.add(pool.acquire(size));
            }
            Thread.ofVirtual().start(() -> release(held)).join();
            assertAddsUp(pool, List.of());
        }
    }

    @Test
    void whatPlatformThreadsCacheIsReclaimedForVirtualOnes() throws Exception {
        BufferPool pool = pool(16 * MIB);
        release(fill(pool, 1000));
        List<PooledBuffer> held = new ArrayList<>();
        Thread.ofVirtual().start(() -> held.addAll(fill(pool, MIB))).join();
        assertThat(held).hasSize(16);
        release(held);
    }
}
