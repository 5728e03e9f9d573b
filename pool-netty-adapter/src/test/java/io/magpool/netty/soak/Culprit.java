/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.Incident.Kind;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Commits each kind of misuse, through both faces, on one thread and on two, and counts what it did: so that each report of
 * the soak has a cause that is known, and each cause has its report.
 *
 * <p>A write after release must not be committed while the quarantine might be emptied, or it would hit another owner: so this
 * pool has room enough, nobody waits for it, and it is trimmed by the culprit alone.
 */
final class Culprit {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int LEAKED = 1000; // bytes
    static final int LEAKED_CAPACITY = 1024;

    private final BufferPool pool;
    private final MagpoolByteBufAllocator allocator;
    private final Reports reports;
    private final SplittableRandom random;
    private final boolean holdsToo;
    private final Map<Kind, Long> causes = new EnumMap<>(Kind.class);
    private long leaks;
    private long byteBufLeaks;
    private long racesOfByteBufs;
    private long refusedAccesses;

    Culprit(MagpoolByteBufAllocator allocator, Reports reports, long seed, boolean holdsToo) {
        this.pool = allocator.pool();
        this.allocator = allocator;
        this.reports = reports;
        this.random = new SplittableRandom(seed);
        this.holdsToo = holdsToo;
    }

    /** Commits all kinds of misuse, each once or a few times. */
    void round() throws Exception {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            releaseTwice();
            releaseOnTwoThreadsAtOnce();
            useAfterRelease();
            writeAfterRelease();
            releaseByteBufTwice();
            releaseByteBufOnTwoThreadsAtOnce();
            useByteBufAfterRelease();
            writeAfterReleaseOfByteBuf();
        }
        awaitLost(this::leak);
        awaitLost(this::leakByteBuf);
        if (holdsToo) {
            holdTooLong();
        }
        pool.trim(TrimDepth.FULL);
    }

    private void add(Kind kind) {
        causes.merge(kind, 1L, Long::sum);
    }

    private void releaseTwice() {
        PooledBuffer buffer = pool.acquire(size());
        buffer.release();
        assertThatThrownBy(buffer::release).isInstanceOf(BufferNotAcquiredException.class)
                .cause().hasMessageStartingWith("released by thread ");
        add(Kind.DOUBLE_RELEASE);
    }

    private void releaseOnTwoThreadsAtOnce() throws Exception {
        PooledBuffer buffer = pool.acquire(size());
        assertThat(race(buffer::release, BufferNotAcquiredException.class)).as("refused of two").isEqualTo(1);
        add(Kind.DOUBLE_RELEASE);
    }

    private void useAfterRelease() throws Exception {
        PooledBuffer buffer = pool.acquire(size());
        MemorySegment segment = buffer.segment();
        ByteBuffer view = buffer.byteBuffer();
        buffer.release();
        assertThatThrownBy(buffer::segment).isInstanceOf(BufferNotAcquiredException.class);
        onAnotherThread(() -> assertThatThrownBy(buffer::address).isInstanceOf(BufferNotAcquiredException.class));
        add(Kind.USE_AFTER_RELEASE);
        add(Kind.USE_AFTER_RELEASE);
        assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        onAnotherThread(() -> assertThatThrownBy(() -> view.put(0, (byte) 1))
                .isInstanceOf(IllegalStateException.class));
        refusedAccesses += 2;
    }

    private void writeAfterRelease() throws Exception {
        PooledBuffer buffer = pool.acquire(size());
        MemorySegment raw = raw(buffer.address(), buffer.capacity());
        buffer.release();
        scribble(raw);
        add(Kind.WRITE_AFTER_RELEASE);
    }

    private void releaseByteBufTwice() {
        ByteBuf buf = allocator.directBuffer((int) size());
        buf.release();
        assertThatThrownBy(buf::release).isInstanceOf(IllegalReferenceCountException.class)
                .cause().isInstanceOf(BufferNotAcquiredException.class);
        add(Kind.USE_AFTER_RELEASE);
    }

    /** The loser asks who released the buffer, and may do so before the winner has told the pool. */
    private void releaseByteBufOnTwoThreadsAtOnce() throws Exception {
        ByteBuf buf = allocator.directBuffer((int) size());
        assertThat(race(buf::release, IllegalReferenceCountException.class)).as("refused of two").isEqualTo(1);
        racesOfByteBufs++;
    }

    private void useByteBufAfterRelease() throws Exception {
        ByteBuf buf = allocator.directBuffer((int) size()).writeLong(1);
        ByteBuffer view = buf.nioBuffer();
        buf.release();
        onAnotherThread(() -> assertThatThrownBy(() -> buf.getByte(0))
                .isInstanceOf(IllegalReferenceCountException.class));
        assertThatThrownBy(() -> view.get(0)).isInstanceOf(IllegalStateException.class);
        refusedAccesses += 2;
    }

    private void writeAfterReleaseOfByteBuf() throws Exception {
        ByteBuf buf = allocator.directBuffer((int) size());
        MemorySegment raw = raw(buf.memoryAddress(), buf.capacity());
        buf.release();
        scribble(raw);
        add(Kind.WRITE_AFTER_RELEASE);
    }

    private void leak() {
        assertThat(pool.acquire(LEAKED)).isNotNull();
        leaks++;
    }

    private void leakByteBuf() {
        assertThat(allocator.directBuffer(LEAKED).writeByte(1)).isNotNull();
        byteBufLeaks++;
    }

    private void awaitLost(Runnable leak) {
        long before = pool.statistics().lostBytes();
        onFurtherFrame(leak);
        await("the leak is found", () -> {
            System.gc();
            return pool.statistics().lostBytes() == before + LEAKED_CAPACITY;
        });
    }

    /** So that nothing of what is leaked remains in a frame that is still there. */
    private static void onFurtherFrame(Runnable leak) {
        leak.run();
    }

    private void holdTooLong() {
        long before = reports.count(Kind.HELD_TOO_LONG);
        PooledBuffer held = pool.acquire(size());
        await("the holder is found", () -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            pool.statistics();
            return reports.count(Kind.HELD_TOO_LONG) > before;
        });
        held.release();
        add(Kind.HELD_TOO_LONG);
        add(Kind.RELEASED_LATE);
    }

    /** Closes the pool, which empties the quarantine, and compares reports with causes. */
    void settle() {
        PoolStatistics now = pool.statistics();
        assertThat(now.lostBytes()).as("lost").isEqualTo((leaks + byteBufLeaks) * LEAKED_CAPACITY);
        assertThat(now.acquiredBytes()).as("acquired").isZero();
        assertThat(pool.abandon().acquiredBuffers()).as("out, all of it lost").isEqualTo(leaks + byteBufLeaks);
        assertThat(pool.statistics().quarantinedBytes()).as("in quarantine after the close").isZero();
        long explained = reports.count(Kind.USE_AFTER_RELEASE) - causes.getOrDefault(Kind.USE_AFTER_RELEASE, 0L);
        assertThat(explained).as("explanations of lost races of ByteBufs").isBetween(0L, racesOfByteBufs);
        for (Kind kind : Kind.values()) {
            if (kind != Kind.USE_AFTER_RELEASE) {
                assertThat(reports.count(kind)).as("reports of " + kind).isEqualTo(causes(kind));
            }
        }
    }

    /** Leaks are told once for each place of acquisition: there are two. */
    private long causes(Kind kind) {
        return kind == Kind.LEAK ? Math.min(leaks, 1) + Math.min(byteBufLeaks, 1) : causes.getOrDefault(kind, 0L);
    }

    @Override
    public String toString() {
        return causes + ", " + racesOfByteBufs + " races to release a ByteBuf, " + refusedAccesses
                + " accesses refused by exceptions, " + leaks + " leaks and " + byteBufLeaks + " of ByteBufs";
    }

    private long size() {
        return random.nextLong(64, 20_000);
    }

    private void scribble(MemorySegment raw) throws Exception {
        long at = random.nextLong(raw.byteSize());
        byte changed = (byte) (raw.get(ValueLayout.JAVA_BYTE, at) + random.nextInt(1, 256));
        if (random.nextBoolean()) {
            raw.set(ValueLayout.JAVA_BYTE, at, changed);
        } else {
            onAnotherThread(() -> raw.set(ValueLayout.JAVA_BYTE, at, changed));
        }
    }

    @SuppressWarnings("restricted")
    private static MemorySegment raw(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private static int race(Runnable release, Class<? extends RuntimeException> refusal) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        FutureTask<Integer> other = new FutureTask<>(() -> attempt(release, refusal, start));
        Thread.ofPlatform().daemon().name("accomplice").start(other);
        return attempt(release, refusal, start) + get(other);
    }

    private static int attempt(Runnable release, Class<? extends RuntimeException> refusal, CyclicBarrier start)
            throws Exception {
        start.await(PATIENCE, TimeUnit.NANOSECONDS);
        try {
            release.run();
            return 0;
        } catch (RuntimeException refused) {
            assertThat(refused).isInstanceOf(refusal);
            return 1;
        }
    }

    private static void onAnotherThread(Runnable work) throws Exception {
        FutureTask<Integer> task = new FutureTask<>(work, 0);
        Thread.ofPlatform().daemon().name("accomplice").start(task);
        get(task);
    }

    private static int get(FutureTask<Integer> task)
            throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(PATIENCE, TimeUnit.NANOSECONDS);
    }

    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE) {
                throw new AssertionError("waited in vain until " + what + ": " + Duration.ofNanos(PATIENCE));
            }
            Thread.onSpinWait();
        }
    }
}
