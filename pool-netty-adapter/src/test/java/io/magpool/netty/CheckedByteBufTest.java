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
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Misuse through Netty's face of a pool that checks all acquisitions, or whose samples are all. */
@Tag("core")
@ParameterizedClass
@EnumSource(names = {"CHECKED", "SAMPLED"})
class CheckedByteBufTest {

    @Parameter
    Safety safety;

    @RegisterExtension
    final LeakDetectionLevel leakDetection = new LeakDetectionLevel(ResourceLeakDetector.Level.DISABLED);

    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private MagpoolByteBufAllocator allocator;

    @BeforeEach
    void create() {
        allocator = create(safety);
    }

    private MagpoolByteBufAllocator create(Safety level) {
        return MagpoolByteBufAllocator.create(PoolConfig.builder()
                .maxBytes(64 * TestAllocators.MIB)
                .safety(level)
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
    void aViewDiesWithItsBuffer() throws InterruptedException, ExecutionException {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        Assumptions.assumeTrue(safety == Safety.CHECKED, "those of samples die when a batch of them is full");
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

    /** Who loses asks the pool by whom the buffer was released, and may be too early for an answer. */
    @Test
    void ofRacingReleasesOneWinsAndTheOtherIsToldByWhom() throws Exception {
        int rounds = 200;
        CyclicBarrier barrier = new CyclicBarrier(2);
        ByteBuf[] shared = new ByteBuf[1];
        FutureTask<List<IllegalReferenceCountException>> other =
                new FutureTask<>(() -> race(shared, barrier, rounds, () -> {}));
        Thread.ofPlatform().daemon().name("test-worker").start(other);
        List<IllegalReferenceCountException> refused = new ArrayList<>(
                race(shared, barrier, rounds, () -> shared[0] = allocator.directBuffer(100)));
        refused.addAll(other.get());
        assertThat(refused).hasSize(rounds).allSatisfy(loser -> {
            assertThat(loser).hasMessageStartingWith("refCnt: 0, decrement: 1");
            if (loser.getCause() != null) {
                assertThat(loser.getCause().getCause()).hasMessageStartingWith("released by thread ");
            }
        });
        assertThat(incidents).hasSizeLessThanOrEqualTo(rounds).allSatisfy(incident -> {
            assertThat(incident.kind()).isEqualTo(Kind.USE_AFTER_RELEASE);
            assertThat(incident.released().thread()).isNotEqualTo(incident.noticed().thread());
        });
        allocator.close();
    }

    private static List<IllegalReferenceCountException> race(
            ByteBuf[] shared, CyclicBarrier barrier, int rounds, Runnable before) throws Exception {
        List<IllegalReferenceCountException> refused = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            before.run();
            barrier.await();
            try {
                shared[0].release();
            } catch (IllegalReferenceCountException lost) {
                refused.add(lost);
            }
            barrier.await();
        }
        return refused;
    }

    @Test
    void theStandardLevelDoesNotSeeAReleaseOfWhatFoundAnotherOwner() {
        allocator.close();
        allocator = create(Safety.STANDARD);
        ByteBuf stale = allocator.directBuffer(100);
        stale.release();
        assertThatThrownBy(stale::release).as("nobody has it").isInstanceOf(IllegalReferenceCountException.class);
        ByteBuf next = allocator.directBuffer(100);
        assertThat(next).isSameAs(stale);
        assertThat(stale.release()).as("under the next owner").isTrue();
        assertThatThrownBy(next::release).isInstanceOf(IllegalReferenceCountException.class);
        assertThat(incidents).isEmpty();
    }

    @Test
    void aStaleBufferIsRefusedOnAnotherThreadAndThroughItsSlices() throws InterruptedException, ExecutionException {
        ByteBuf stale = allocator.directBuffer(100).writeZero(100);
        ByteBuf slice = stale.slice(10, 20);
        stale.release();
        onNewThread(() -> {
            assertThatThrownBy(stale::retain).isInstanceOf(IllegalReferenceCountException.class);
            return assertThatThrownBy(slice::release).isInstanceOf(IllegalReferenceCountException.class);
        });
        assertThat(incidents).hasSize(2).allSatisfy(incident -> {
            assertThat(incident.kind()).isEqualTo(Kind.USE_AFTER_RELEASE);
            assertThat(incident.noticed().thread()).isEqualTo("test-worker");
            assertThat(incident.text()).contains("aStaleBufferIsRefusedOnAnotherThreadAndThroughItsSlices");
        });
    }

    @Test
    void aWriteToTheArrayOfAReleasedHeapBufferIsReported() {
        PoolConfig.Builder heap = PoolConfig.builder().storage(PoolConfig.Storage.HEAP).safety(safety).sampleRate(1)
                .maxBytes(64 * TestAllocators.MIB).incidentListener(incidents::add);
        MagpoolByteBufAllocator both = MagpoolByteBufAllocator.builder().heapPool(heap.build()).build();
        ByteBuf buf = both.heapBuffer(100);
        byte[] array = buf.array();
        int offset = buf.arrayOffset();
        buf.release();
        array[offset + 7] = 1;
        both.close();
        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Kind.WRITE_AFTER_RELEASE);
            assertThat(incident.text()).contains(
                    "1 byte changed, from offset 7 to 7; found at offset 7: 01 de ad be ef",
                    "aWriteToTheArrayOfAReleasedHeapBufferIsReported");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReleaseDuringAnAccessIsRefusedAndTheBufferLivesOn(boolean elsewhere) throws Throwable {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        Assumptions.assumeTrue(safety == Safety.CHECKED, "those of samples die when a batch of them is full");
        ByteBuf buf = allocator.directBuffer(16).writeZero(16);
        Releasing releasing = new Releasing(buf, elsewhere);
        releasing.whileTheLibrarySorts(MemorySegment.ofBuffer(buf.nioBuffer()));
        assertThat(releasing.thrown).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is being accessed: it remains acquired");
        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Kind.RELEASE_DURING_ACCESS);
            assertThat(incident.noticed().thread().equals("test-worker")).isEqualTo(elsewhere);
            assertThat(incident.text()).containsSubsequence(
                    "was released during an access", "noticed by thread ", "Releasing.release", "acquired by thread ");
        });
        assertThat(buf.refCnt()).isEqualTo(1);
        buf.release();
    }

    /** Called by the C library, which has the buffer meanwhile. */
    static final class Releasing {

        private final ByteBuf buf;
        private final boolean elsewhere;
        private volatile Throwable thrown;

        Releasing(ByteBuf buf, boolean elsewhere) {
            this.buf = buf;
            this.elsewhere = elsewhere;
        }

        @SuppressWarnings("restricted")
        void whileTheLibrarySorts(MemorySegment segment) throws Throwable {
            Linker linker = Linker.nativeLinker();
            MethodHandle qsort = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("qsort"),
                    FunctionDescriptor.ofVoid(
                            ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
            MethodHandle compare = MethodHandles.lookup().bind(
                    this, "compare", MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
            try (Arena arena = Arena.ofConfined()) {
                qsort.invoke(segment, 2L, 8L, linker.upcallStub(
                        compare,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                        arena));
            }
        }

        int compare(MemorySegment one, MemorySegment other) throws InterruptedException, ExecutionException {
            if (elsewhere) {
                onNewThread(this::release);
            } else {
                release();
            }
            return 0;
        }

        private boolean release() {
            try {
                return buf.release();
            } catch (RuntimeException refused) {
                thrown = refused;
                return false;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBufferHeldTooLongIsReportedAndAgainWhenItIsReleased(boolean elsewhere) throws Exception {
        allocator.close();
        allocator = MagpoolByteBufAllocator.create(PoolConfig.builder().maxBytes(64 * TestAllocators.MIB)
                .safety(safety).sampleRate(1).holdLimitMillis(1).incidentListener(incidents::add)
                .build());
        ByteBuf held = elsewhere ? onNewThread(this::acquire) : acquire();
        Eventually.isTrue("it is reported", () -> {
            allocator.pool().statistics();
            return !incidents.isEmpty();
        });
        if (elsewhere) {
            onNewThread(held::release);
        } else {
            held.release();
        }
        assertThat(incidents).extracting(Incident::kind).containsExactly(Kind.HELD_TOO_LONG, Kind.RELEASED_LATE);
        assertThat(incidents).allSatisfy(incident -> {
            assertThat(incident.text()).contains("CheckedByteBufTest.acquire");
            assertThat(incident.acquired().thread().equals("test-worker")).isEqualTo(elsewhere);
        });
    }

    private ByteBuf acquire() {
        return allocator.directBuffer(100);
    }

    @Test
    void theCloseListsWhatIsOutByPlace() {
        ByteBuf small = allocator.directBuffer(100);
        ByteBuf large = allocator.directBuffer(50_000);
        assertThatThrownBy(allocator::close).isInstanceOf(IllegalStateException.class)
                .message()
                .containsSubsequence("2 buffers still acquired", "1 buffer, 57344 bytes",
                        "theCloseListsWhatIsOutByPlace",
                        "1 buffer, 128 bytes", "theCloseListsWhatIsOutByPlace");
        small.release();
        large.release();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLeakedBufferIsReportedByThePool(boolean elsewhere) throws Exception {
        if (elsewhere) {
            onNewThread(this::leak);
        } else {
            leak();
        }
        Eventually.isTrue("the leak is found", () -> {
            System.gc();
            allocator.pool().statistics();
            return !incidents.isEmpty();
        });
        assertThat(incidents.getFirst().kind()).isEqualTo(Kind.LEAK);
        assertThat(incidents.getFirst().text()).contains("was leaked", "CheckedByteBufTest.leak");
        assertThat(incidents.getFirst().acquired().thread().equals("test-worker")).isEqualTo(elsewhere);
        assertThat(allocator.pool().statistics().lostBytes()).isEqualTo(1024);
    }

    private boolean leak() {
        return allocator.directBuffer(1000).writeByte(1).isReadable();
    }

    private static <T> T onNewThread(Callable<T> work) throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("test-worker").start(task);
        return task.get();
    }
}
