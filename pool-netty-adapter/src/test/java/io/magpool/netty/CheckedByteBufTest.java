/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.Incident;
import io.magpool.api.Incident.Kind;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolConfig.Safety;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ResourceLeakDetector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Misuse through Netty's face of a pool that checks all acquisitions. */
@Tag("core")
@Timeout(60)
class CheckedByteBufTest {

    @RegisterExtension
    final LeakDetectionLevel leakDetection = new LeakDetectionLevel(ResourceLeakDetector.Level.DISABLED);

    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private MagpoolByteBufAllocator allocator;

    @BeforeEach
    void create() {
        allocator = create(Safety.CHECKED);
    }

    private MagpoolByteBufAllocator create(Safety safety) {
        return MagpoolByteBufAllocator.create(PoolConfig.builder()
                .maxBytes(64 * TestAllocators.MIB)
                .safety(safety)
                .sampleRate(1)
                .incidentListener(incidents::add)
                .build());
    }

    @AfterEach
    void close() {
        allocator.pool().abandon();
    }

    private static boolean isBounded() {
        return AllMemory.SEGMENT != null;
    }

    @Test
    void aStaleBufferStaysDeadAndKnowsWhoReleasedIt() {
        ByteBuf stale = allocator.directBuffer(100);
        stale.release();
        ByteBuf next = allocator.directBuffer(100);
        assertThat(next).isNotSameAs(stale);
        assertThat(stale.refCnt()).isZero();
        if (!"false".equals(System.getProperty("io.netty.buffer.checkAccessible"))) {
            assertThatThrownBy(() -> stale.getByte(0)).isInstanceOf(IllegalReferenceCountException.class);
        }
        for (Runnable misuse : List.<Runnable>of(stale::release, stale::retain)) {
            incidents.clear();
            assertThatThrownBy(misuse::run)
                    .isInstanceOf(IllegalReferenceCountException.class)
                    .hasMessageStartingWith("refCnt: 0, ")
                    .cause()
                    .isInstanceOf(BufferNotAcquiredException.class)
                    .cause()
                    .hasMessageStartingWith("released by thread ")
                    .hasStackTraceContaining("aStaleBufferStaysDeadAndKnowsWhoReleasedIt");
            assertThat(incidents).singleElement().satisfies(incident -> {
                assertThat(incident.kind()).isEqualTo(Kind.USE_AFTER_RELEASE);
                assertThat(incident.text()).containsSubsequence(
                        "noticed by thread ",
                        "CheckedByteBufTest",
                        "released by thread ",
                        "CheckedByteBufTest.aStaleBufferStaysDeadAndKnowsWhoReleasedIt",
                        "acquired by thread ",
                        "CheckedByteBufTest.aStaleBufferStaysDeadAndKnowsWhoReleasedIt");
            });
        }
        next.release();
    }

    @Test
    void aStaleBufferOfASampleStaysDeadToo() {
        allocator.close();
        allocator = create(Safety.SAMPLED);
        ByteBuf stale = allocator.directBuffer(100);
        stale.release();
        ByteBuf next = allocator.directBuffer(100);
        assertThat(next).isNotSameAs(stale);
        assertThatThrownBy(stale::release).isInstanceOf(IllegalReferenceCountException.class);
        next.release();
    }

    @Test
    void aViewDiesWithItsBuffer() throws InterruptedException, ExecutionException {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        ByteBuf buf = allocator.directBuffer(100).writeZero(100);
        ByteBuffer view = buf.nioBuffer();
        assertThat(view.get(0)).isZero();
        buf.release();
        assertThatThrownBy(() -> view.get(0)).isInstanceOf(IllegalStateException.class);
        onNewThread(() -> assertThatThrownBy(() -> view.put(0, (byte) 1)).isInstanceOf(IllegalStateException.class));
    }

    @Test
    @SuppressWarnings("restricted")
    void aWriteThroughTheAddressIsReportedWithBothStacks() throws InterruptedException, ExecutionException {
        Assumptions.assumeTrue(isBounded(), "a raw address needs native access");
        ByteBuf buf = allocator.directBuffer(1000).capacity(3000);
        MemorySegment raw = MemorySegment.ofAddress(buf.memoryAddress()).reinterpret(buf.capacity());
        buf.release();
        onNewThread(() -> {
            raw.set(ValueLayout.JAVA_BYTE, 17, (byte) 0x55);
            return null;
        });
        allocator.close();
        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Kind.WRITE_AFTER_RELEASE);
            assertThat(incident.text()).containsSubsequence(
                    "1 byte changed, from offset 17 to 17; found at offset 17: 55 be ef de ad be ef",
                    "released by thread ",
                    "aWriteThroughTheAddressIsReportedWithBothStacks",
                    "acquired by thread ",
                    "aWriteThroughTheAddressIsReportedWithBothStacks");
        });
    }

    @Test
    void ofRacingReleasesOneWins() throws Exception {
        int rounds = 200;
        CyclicBarrier barrier = new CyclicBarrier(2);
        ByteBuf[] shared = new ByteBuf[1];
        FutureTask<Integer> other = new FutureTask<>(() -> race(shared, barrier, rounds, () -> {}));
        Thread.ofPlatform().daemon().start(other);
        int refused = race(shared, barrier, rounds, () -> shared[0] = allocator.directBuffer(100));
        assertThat(refused + other.get()).isEqualTo(rounds);
        allocator.close();
    }

    private static int race(ByteBuf[] shared, CyclicBarrier barrier, int rounds, Runnable before) throws Exception {
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            before.run();
            barrier.await();
            try {
                shared[0].release();
            } catch (IllegalReferenceCountException lost) {
                refused++;
            }
            barrier.await();
        }
        return refused;
    }

    @Test
    void aLeakedBufferIsReportedByThePool() throws InterruptedException {
        leak();
        while (incidents.isEmpty()) {
            System.gc();
            allocator.pool().statistics();
            Thread.sleep(10);
        }
        assertThat(incidents.getFirst().kind()).isEqualTo(Kind.LEAK);
        assertThat(incidents.getFirst().text()).contains("was leaked", "CheckedByteBufTest.leak");
        assertThat(allocator.pool().statistics().lostBytes()).isEqualTo(1024);
    }

    private void leak() {
        allocator.directBuffer(1000).writeByte(1);
    }

    private static void onNewThread(java.util.concurrent.Callable<?> work)
            throws InterruptedException, ExecutionException {
        FutureTask<?> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        task.get();
    }
}
