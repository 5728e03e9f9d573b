/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.Platform;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Plays a script to a pool and to a model of it. The model knows who owns which bytes and what is in them, and what must
 * be possible: a buffer may be refused only if those that are held could, at worst, pin all of the limit.
 */
final class Execution implements AutoCloseable {

    private static final long MAX_BYTES = 32L << 20;
    private static final int MARKS = 120;

    /** What the model knows of a buffer: every byte of it is the mark. */
    private record Held(PooledBuffer buffer, long size, long capacity, byte mark) {}

    private final Variant variant;
    private final BufferPool pool;
    private final Held[] slots = new Held[Operation.SLOTS];
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private volatile int core;
    private int marks;
    private long acquires;
    private long releases;

    private Execution(Variant variant, UnaryOperator<BufferPool> wrapper) {
        this.variant = variant;
        Platform platform = variant.platform();
        this.pool = wrapper.apply(new MagazinePool(
                variant.config().maxBytes(MAX_BYTES).arenas(2).threadCacheBytes(1 << 20).build(),
                new Platform(platform.memory(), platform.barrier(), () -> core)));
    }

    /** Returns what went wrong, or null. */
    static Throwable play(Variant variant, List<Operation> script, UnaryOperator<BufferPool> wrapper) {
        try (Execution execution = new Execution(variant, wrapper)) {
            for (Operation operation : script) {
                execution.play(operation);
            }
            execution.end();
            return null;
        } catch (Throwable wrong) {
            return wrong;
        }
    }

    private void play(Operation operation) throws Exception {
        core = operation.by() == Operation.Actor.CALLER ? 0 : 1;
        Callable<Void> step = () -> {
            perform(operation);
            return null;
        };
        FutureTask<Void> task = new FutureTask<>(step);
        switch (operation.by()) {
            case CALLER -> task.run();
            case WORKER -> worker.execute(task);
            case NEW_THREAD -> Thread.ofPlatform().daemon().start(task).join(20_000);
            case VIRTUAL_THREAD -> Thread.ofVirtual().start(task);
        }
        try {
            task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            throw new AssertionError(operation + ": " + thrown.getCause().getMessage(), thrown.getCause());
        }
    }

    private void perform(Operation operation) throws InterruptedException {
        switch (operation) {
            case Operation.Acquire acquire -> {
                if (slots[acquire.slot()] == null) {
                    acquire(acquire);
                }
            }
            case Operation.Release release -> {
                if (slots[release.slot()] != null) {
                    release(release.slot(), release.twice());
                }
            }
            case Operation.Reallocate reallocate -> {
                if (slots[reallocate.slot()] != null) {
                    reallocate(reallocate.slot(), reallocate.size());
                }
            }
            case Operation.Trim trim -> pool.trimCurrentThread();
            case Operation.Count count -> count();
        }
    }

    private void acquire(Operation.Acquire wish) throws InterruptedException {
        long alignment = variant.isHeap() ? 1 : wish.alignment();
        PooledBuffer buffer;
        if (wish.zeroed() || alignment > 1) {
            BufferRequest request = BufferRequest.of(wish.size()).aligned(alignment);
            try {
                buffer = pool.acquire(wish.zeroed() ? request.zeroed() : request);
            } catch (PoolExhaustedException refused) {
                buffer = null;
            }
        } else {
            buffer = pool.tryAcquire(wish.size());
        }
        if (buffer == null) {
            checkRefusal(wish.size(), alignment);
            return;
        }
        acquires++;
        assertThat(buffer.size()).as("size").isEqualTo(wish.size());
        assertThat(buffer.segment().byteSize()).as("capacity").isEqualTo(buffer.capacity());
        if (!variant.isHeap()) {
            assertThat(buffer.address() % Math.max(64, alignment)).as("address").isZero();
        }
        if (wish.zeroed()) {
            assertFilledWith((byte) 0, buffer, wish.size());
        }
        hold(wish.slot(), buffer, wish.size());
    }

    private void hold(int slot, PooledBuffer buffer, long size) {
        for (Held other : slots) {
            assertThat(other == null || !overlap(buffer, other.buffer)).as("%s overlaps %s", buffer, other).isTrue();
        }
        byte mark = (byte) (1 + marks++ % MARKS);
        buffer.segment().fill(mark);
        slots[slot] = new Held(buffer, size, buffer.capacity(), mark);
    }

    @SuppressWarnings("ReferenceEquality") // equal arrays are two
    private boolean overlap(PooledBuffer one, PooledBuffer other) {
        if (variant.isHeap()) {
            return one.array() == other.array();
        }
        return one.address() < other.address() + other.capacity() && other.address() < one.address() + one.capacity();
    }

    private void release(int slot, boolean twice) {
        Held held = slots[slot];
        assertAsItWasLeft(held);
        held.buffer.release();
        releases++;
        slots[slot] = null;
        if (twice) {
            assertThatThrownBy(held.buffer::release).isInstanceOf(BufferNotAcquiredException.class);
        }
    }

    @SuppressWarnings("ReferenceEquality") // of handles
    private void reallocate(int slot, long size) {
        Held held = slots[slot];
        assertAsItWasLeft(held);
        PooledBuffer moved;
        try {
            moved = held.buffer.reallocate(size);
        } catch (PoolExhaustedException refused) {
            checkRefusal(size, 1);
            assertAsItWasLeft(held);
            return;
        }
        if (moved != held.buffer || moved.capacity() != held.capacity) {
            acquires++;
            releases++;
        }
        assertThat(moved.size()).isEqualTo(size);
        assertThat(moved.capacity()).isGreaterThanOrEqualTo(size);
        assertFilledWith(held.mark, moved, Math.min(size, held.size));
        slots[slot] = null;
        hold(slot, moved, size);
    }

    private static void assertAsItWasLeft(Held held) {
        assertThat(held.buffer.size()).as("size").isEqualTo(held.size);
        assertThat(held.buffer.capacity()).as("capacity").isEqualTo(held.capacity);
        assertFilledWith(held.mark, held.buffer, held.capacity);
    }

    private static void assertFilledWith(byte mark, PooledBuffer buffer, long bytes) {
        MemorySegment memory = buffer.segment();
        if (bytes > 0) {
            assertThat(memory.get(ValueLayout.JAVA_BYTE, 0)).as("first byte of %s", buffer).isEqualTo(mark);
            assertThat(MemorySegment.mismatch(memory, 0, bytes - 1, memory, 1, bytes))
                    .as("offset in %s of a byte that is not like the first", buffer)
                    .isEqualTo(-1);
        }
    }

    private void checkRefusal(long size, long alignment) {
        long pinned = cost(Math.max(size, alignment));
        for (Held held : slots) {
            pinned += held == null ? 0 : cost(held.capacity);
        }
        assertThat(pinned).as("bytes that could be in use, at worst, when %d were refused", size)
                .isGreaterThan(MAX_BYTES);
    }

    /** What a buffer can keep from being used otherwise, at most. */
    private long cost(long bytes) {
        long pages = (bytes / 4096 + 2) * 4096;
        return variant.isPortable() ? Math.max(2L << 20, pages) : pages + bytes / 4;
    }

    private void count() {
        List<PooledBuffer> held = new ArrayList<>();
        for (Held each : slots) {
            if (each != null) {
                assertAsItWasLeft(each);
                held.add(each.buffer);
            }
        }
        PoolTest.assertAddsUp(pool, held);
        assertThat(acquires - releases).as("what the model holds").isEqualTo(held.size());
    }

    private void end() {
        count();
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != null) {
                release(slot, false);
            }
        }
        count();
        pool.close();
        assertThat(pool.statistics().chargedBytes()).as("charged at the end").isZero();
        assertThat(pool.statistics().reservedBytes()).as("reserved at the end").isZero();
    }

    @Override
    public void close() {
        worker.shutdown();
        pool.abandon();
        for (Held held : slots) {
            if (held != null) {
                try {
                    held.buffer.release();
                } catch (RuntimeException broken) {
                    assertThat(broken).isNotNull(); // what went wrong is known already
                }
            }
        }
    }
}
