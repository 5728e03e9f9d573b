/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.Incident;
import io.magpool.api.Incident.Kind;
import io.magpool.api.PoolConfig.LeakDetection;
import io.magpool.api.PoolConfig.Safety;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.impl.Eventually;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of misuse, committed on one thread and on two. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class MisuseTest extends FollowedPoolTest {

    private static final List<Consumer<PooledBuffer>> USES = List.of(
            PooledBuffer::size,
            PooledBuffer::capacity,
            PooledBuffer::address,
            PooledBuffer::hasArray,
            PooledBuffer::segment,
            PooledBuffer::byteBuffer,
            PooledBuffer::attachment,
            buffer -> buffer.attach("something"),
            buffer -> buffer.reallocate(10));

    @Test
    void standardFindsASecondReleaseUnlessTheBufferFoundAnotherOwner() {
        BufferPool pool = pool(64 * MIB);
        PooledBuffer kept = pool.acquire(100);
        kept.release();
        assertThatThrownBy(kept::release).isInstanceOf(BufferNotAcquiredException.class);
        PooledBuffer next = pool.acquire(100);
        assertThat(next).isSameAs(kept);
        assertThatCode(kept::release).as("what the standard level cannot see").doesNotThrowAnyException();
        assertThatThrownBy(next::release).isInstanceOf(BufferNotAcquiredException.class);
    }

    @Test
    void standardDoesNotSeeAWriteThroughWhatWasKept() {
        BufferPool pool = pool(64 * MIB);
        PooledBuffer kept = pool.acquire(100);
        MemorySegment stale = kept.segment();
        kept.release();
        PooledBuffer next = pool.acquire(100);
        next.segment().set(ValueLayout.JAVA_BYTE, 5, (byte) 1);
        stale.set(ValueLayout.JAVA_BYTE, 5, (byte) 2);
        assertThat(next.segment().get(ValueLayout.JAVA_BYTE, 5))
                .as("what the standard level cannot see: the next owner's content has changed")
                .isEqualTo((byte) 2);
        next.release();
    }

    @Test
    void aSecondReleaseIsToldWithBothStacks() {
        BufferPool pool = checkedPool();
        PooledBuffer buffer = pool.acquire(100);
        buffer.release();
        assertThatThrownBy(buffer::release)
                .isInstanceOf(BufferNotAcquiredException.class)
                .hasMessageContaining("of 128 bytes of pool followed is not acquired")
                .cause()
                .hasMessage("released by thread " + Thread.currentThread().getName())
                .hasStackTraceContaining("aSecondReleaseIsToldWithBothStacks")
                .cause()
                .hasMessage("acquired by thread " + Thread.currentThread().getName());
        Incident incident = onlyIncident();
        assertThat(incident.kind()).isEqualTo(Kind.DOUBLE_RELEASE);
        assertHere(incident.acquired());
        assertHere(incident.released());
        assertHere(incident.noticed());
        assertThat(incident.acquired().frames().getFirst().getClassName())
                .as("without the pool's own frames")
                .isEqualTo(MisuseTest.class.getName());
        assertThat(incident.text())
                .startsWith("pool followed: a buffer of 128 bytes was released twice, ")
                .containsSubsequence(
                        "noticed by thread ",
                        "MisuseTest.aSecondReleaseIsToldWithBothStacks",
                        "released by thread ",
                        "MisuseTest.aSecondReleaseIsToldWithBothStacks",
                        "acquired by thread ",
                        "MisuseTest.aSecondReleaseIsToldWithBothStacks");
    }

    @Test
    void aSecondReleaseIsFoundAfterTheMemoryFoundAnotherOwner() {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).quarantineBytes(0));
        PooledBuffer kept = pool.acquire(100);
        Object place = variant.placeOf(kept);
        kept.release();
        PooledBuffer next = pool.acquire(100);
        assertThat(variant.placeOf(next)).isEqualTo(place);
        assertThatThrownBy(kept::release).isInstanceOf(BufferNotAcquiredException.class);
        assertThat(onlyIncident().kind()).isEqualTo(Kind.DOUBLE_RELEASE);
        next.release();
        assertThat(pool.statistics().acquiredBytes()).isZero();
    }

    @Test
    void ofRacingReleasesOneWinsAndTheOtherIsToldByWhom() throws Exception {
        BufferPool pool = checkedPool();
        int rounds = 300;
        CyclicBarrier barrier = new CyclicBarrier(2);
        PooledBuffer[] shared = new PooledBuffer[1];
        Running<Integer> other = start(() -> raceToRelease(shared, barrier, rounds, () -> {}));
        int refused = raceToRelease(shared, barrier, rounds, () -> shared[0] = pool.acquire(100));
        assertThat(refused + join(other)).isEqualTo(rounds);
        assertThat(incidents).hasSize(rounds).allSatisfy(incident -> {
            assertThat(incident.kind()).isEqualTo(Kind.DOUBLE_RELEASE);
            assertThat(incident.released()).isNotNull();
            assertThat(incident.noticed()).isNotNull();
            assertThat(incident.released().thread()).isNotEqualTo(incident.noticed().thread());
        });
    }

    private static int raceToRelease(PooledBuffer[] shared, CyclicBarrier barrier, int rounds, Runnable before)
            throws Exception {
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            before.run();
            barrier.await();
            try {
                shared[0].release();
            } catch (BufferNotAcquiredException lost) {
                refused++;
            }
            barrier.await();
        }
        return refused;
    }

    @Test
    void aStaleHandleIsRefusedOnAnyThread() throws InterruptedException, ExecutionException {
        BufferPool pool = checkedPool();
        for (Consumer<PooledBuffer> use : USES) {
            PooledBuffer buffer = pool.acquire(100);
            buffer.release();
            incidents.clear();
            assertThatThrownBy(() -> use.accept(buffer)).isInstanceOf(BufferNotAcquiredException.class)
                    .cause().hasMessageStartingWith("released by thread ");
            Incident here = onlyIncident();
            assertThat(here.kind()).isEqualTo(Kind.USE_AFTER_RELEASE);
            assertHere(here.noticed());
            onNewThread(() -> assertThatThrownBy(() -> use.accept(buffer))
                    .isInstanceOf(BufferNotAcquiredException.class));
            assertThat(incidents).hasSize(2);
            assertThat(incidents.getLast().noticed().thread()).isEqualTo("test-worker");
            assertThat(incidents.getLast().text()).contains("was used after its release", "thread test-worker");
        }
    }

    @Test
    void segmentAndByteBufferDieAtTheRelease() throws InterruptedException, ExecutionException {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        BufferPool pool = checkedPool();
        for (long size : List.of(100L, 100_000L, 3 * MIB)) {
            PooledBuffer buffer = pool.acquire(size);
            MemorySegment segment = buffer.segment();
            ByteBuffer view = buffer.byteBuffer();
            segment.set(ValueLayout.JAVA_BYTE, 5, (byte) 6);
            assertThat(view.get(5)).isEqualTo((byte) 6);
            buffer.release();
            assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> view.get(0)).isInstanceOf(IllegalStateException.class);
            onNewThread(() -> assertThatThrownBy(() -> view.put(0, (byte) 1))
                    .isInstanceOf(IllegalStateException.class));
        }
        assertThat(incidents).isEmpty();
    }

    @Test
    void aWriteAfterTheReleaseIsReportedWithOffsetBytesAndStacks() throws InterruptedException, ExecutionException {
        BufferPool pool = checkedPool();
        PooledBuffer buffer = pool.acquire(70_000);
        MemorySegment stale = unseen(buffer.segment());
        onNewThread(() -> {
            buffer.release();
            return null;
        });
        stale.set(ValueLayout.JAVA_BYTE, 66_003, (byte) 0x41);
        stale.set(ValueLayout.JAVA_BYTE, 66_005, (byte) 0x42);
        assertThat(incidents).as("until it leaves quarantine").isEmpty();
        pool.close();
        Incident incident = onlyIncident();
        assertThat(incident.kind()).isEqualTo(Kind.WRITE_AFTER_RELEASE);
        assertHere(incident.acquired());
        assertThat(incident.released().thread()).isEqualTo("test-worker");
        assertThat(incident.noticed()).as("nobody saw who wrote").isNull();
        assertThat(incident.text()).contains(
                "was written to after its release",
                "2 bytes changed, from offset 66003 to 66005; found at offset 66003: 41 de 42 be ef de ad be ef",
                "released by thread test-worker",
                "acquired by thread ");
    }

    @Test
    void aWriteByAnotherThreadIsReportedWhenTheQuarantineIsFull() throws InterruptedException, ExecutionException {
        BufferPool pool = pool(followed().safety(Safety.CHECKED).quarantineBytes(4096));
        PooledBuffer buffer = pool.acquire(1000);
        MemorySegment stale = unseen(buffer.segment());
        buffer.release();
        onNewThread(() -> {
            stale.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            return null;
        });
        for (int i = 0; i < 3; i++) {
            pool.acquire(1000).release();
            assertThat(incidents).isEmpty();
        }
        pool.acquire(1000).release();
        assertThat(onlyIncident().details())
                .startsWith("1 byte changed, from offset 0 to 0; found at offset 0: 01 ad be ef de ad be ef");
    }

    @Test
    void aWriteToLargeMemoryIsFoundToo() {
        BufferPool pool = checkedPool();
        PooledBuffer buffer = pool.acquire(3 * MIB);
        MemorySegment stale = unseen(buffer.segment());
        buffer.release();
        stale.set(ValueLayout.JAVA_BYTE, 3 * MIB - 1, (byte) 0);
        pool.close();
        assertThat(onlyIncident().details()).startsWith("1 byte changed, from offset " + (3 * MIB - 1));
    }

    @Test
    void aReleaseDuringAnAccessIsRefusedAndChangesNothing() throws Throwable {
        Assumptions.assumeTrue(isBounded(), "segments die where native access is enabled");
        BufferPool pool = checkedPool();
        PooledBuffer buffer = pool.acquire(100);
        ReleasingComparison comparison = new ReleasingComparison(buffer);
        sort(buffer.segment(), comparison);
        assertThat(comparison.thrown).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is being accessed: it remains acquired");
        assertThat(onlyIncident().kind()).isEqualTo(Kind.RELEASE_DURING_ACCESS);
        buffer.segment().set(ValueLayout.JAVA_BYTE, 99, (byte) 1);
        buffer.release();
    }

    @SuppressWarnings("restricted")
    private static void sort(MemorySegment segment, ReleasingComparison comparison) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle qsort = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("qsort"),
                FunctionDescriptor.ofVoid(
                        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        MethodHandle compare = MethodHandles.lookup().bind(
                comparison,
                "compare",
                MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
        try (java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
            MemorySegment upcall = linker.upcallStub(
                    compare,
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                    arena);
            qsort.invoke(segment, 2L, 8L, upcall);
        }
    }

    @Test
    void aLargeBufferThatIsAccessedRemainsAcquiredWhereNothingIsChecked() throws Throwable {
        Assumptions.assumeTrue(variant.isLinux(), "elsewhere the memory lives as long as anybody refers to it");
        BufferPool pool = pool(followed().leakDetection(LeakDetection.ALL));
        PooledBuffer buffer = pool.acquire(2 * MIB);
        ReleasingComparison comparison = new ReleasingComparison(buffer);
        sort(buffer.segment(), comparison);
        assertThat(comparison.thrown).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is being accessed: it remains acquired");
        assertThat(pool.acquisitionSites()).hasSize(1);
        buffer.release();
        assertThat(pool.acquisitionSites()).isEmpty();
    }

    /** Called by the C library, which has the buffer meanwhile. */
    static final class ReleasingComparison {

        private final PooledBuffer buffer;
        private Throwable thrown;

        ReleasingComparison(PooledBuffer buffer) {
            this.buffer = buffer;
        }

        @SuppressWarnings("restricted")
        int compare(MemorySegment one, MemorySegment other) {
            try {
                buffer.release();
            } catch (RuntimeException refused) {
                thrown = refused;
            }
            return Byte.compare(one.reinterpret(1).get(ValueLayout.JAVA_BYTE, 0),
                    other.reinterpret(1).get(ValueLayout.JAVA_BYTE, 0));
        }
    }

    @Test
    void channelsAcceptTheByteBuffer(@TempDir Path directory) throws Exception {
        BufferPool pool = checkedPool();
        byte[] text = "through a channel".getBytes(StandardCharsets.UTF_8);
        try (PooledBuffer buffer = pool.acquire(100);
                FileChannel file = FileChannel.open(
                        directory.resolve("file"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            Pipe pipe = Pipe.open();
            try (Pipe.SinkChannel sink = pipe.sink(); Pipe.SourceChannel source = pipe.source()) {
                sink.write(buffer.byteBuffer().put(text).flip());
                buffer.byteBuffer().clear().limit(text.length);
                source.read(buffer.byteBuffer());
            }
            file.write(buffer.byteBuffer().flip(), 0);
            buffer.byteBuffer().clear();
            assertThat(file.read(buffer.byteBuffer(), 0)).isEqualTo(text.length);
            byte[] read = new byte[text.length];
            buffer.byteBuffer().get(0, read);
            assertThat(read).isEqualTo(text);
        }
    }

    @Test
    void aListenerThatFailsDisturbsNobody() {
        BufferPool pool = pool(variant.config().safety(Safety.CHECKED).incidentListener(incident -> {
            throw new UnsupportedOperationException("listener");
        }));
        PooledBuffer buffer = pool.acquire(1);
        buffer.release();
        assertThatThrownBy(buffer::release).isInstanceOf(BufferNotAcquiredException.class);
    }

    @Test
    void aListenerThatFailsWithAnErrorLosesNoMemory() throws Exception {
        BufferPool pool = pool(
                followed().safety(Safety.CHECKED).reuseLost(true).holdLimitMillis(1).incidentListener(incident -> {
                    incidents.add(incident);
                    throw new AssertionError("listener");
                }));
        PooledBuffer late = pool.acquire(1000);
        awaitIncident(Kind.HELD_TOO_LONG, pool::maintain);
        late.release();

        PooledBuffer written = pool.acquire(1000);
        MemorySegment stale = unseen(written.segment());
        written.release();
        stale.set(ValueLayout.JAVA_BYTE, 5, (byte) 1);
        pool.trim(TrimDepth.FULL);

        onNewThread(() -> {
            pool.acquire(1000);
            return null;
        });
        awaitIncident(Kind.LEAK, () -> {
            System.gc();
            pool.acquire(1000).release();
        });
        assertThat(incidents).extracting(Incident::kind).contains(Kind.RELEASED_LATE, Kind.WRITE_AFTER_RELEASE);
        pool.close();
        assertThat(pool.statistics().acquiredBytes()).isZero();
    }

    private void awaitIncident(Kind kind, Runnable look) {
        Eventually.isTrue(kind + " is found", () -> {
            look.run();
            return incidents.stream().anyMatch(incident -> incident.kind() == kind);
        }, () -> incidents);
    }
}
