/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.PooledBuffer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java heap has no room for what comes behind an acquire: nobody gets the buffer, so it is not out. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class NoHeapBehindAcquireTest extends PoolTest {

    /** A failure that cannot even be logged. */
    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public void printStackTrace(PrintWriter writer) {
            throw new OutOfMemoryError("the test");
        }
    }

    private BufferPool createdPool() {
        BufferPool pool = pool(16 * MIB);
        pool.onPressure(0.01, 0.001, (level, bytes) -> {
            throw new Unspeakable();
        });
        return pool;
    }

    @Test
    void theBufferGoesBack() {
        for (long size : List.of(MIB, 3 * MIB)) {
            BufferPool pool = createdPool();
            assertThatThrownBy(() -> pool.tryAcquire(size)).isInstanceOf(OutOfMemoryError.class);
            assertAddsUp(pool, List.of());
        }
    }

    /** The listener fails on the waiter's thread. Sometimes the releasing thread is quicker to tell it: then the waiter has its buffer. */
    @Test
    void soDoesOneThatWasWaitedFor() throws Exception {
        Thread self = Thread.currentThread();
        for (long size : List.of(MIB, 3 * MIB)) {
            BufferPool pool = pool(16 * MIB);
            List<PooledBuffer> held = fill(pool, size);
            var waiter = start(() -> pool.acquire(BufferRequest.of(size).within(Duration.ofSeconds(40)))).awaitParked();
            double full = (double) pool.statistics().acquiredBytes() / (16 * MIB);
            pool.onPressure(full - 0.01, full - 0.02, (level, bytes) -> {
                if (!Thread.currentThread().equals(self)) {
                    throw new Unspeakable();
                }
            });
            held.removeLast().release();
            try {
                held.add(join(waiter));
            } catch (ExecutionException failed) {
                assertThat(failed).hasCauseInstanceOf(OutOfMemoryError.class);
            }
            assertAddsUp(pool, held);
            release(held);
        }
    }

    /** Who leaves the line calls the next, whose action fails. */
    @Test
    void soDoesOneWhoseOwnerCannotLeaveTheLine() throws Exception {
        Thread self = Thread.currentThread();
        BufferPool pool = pool(16 * MIB);
        List<PooledBuffer> held = fill(pool, MIB);
        held.addFirst(swap(pool, held));
        var waiter = start(() -> pool.acquire(BufferRequest.of(MIB).within(Duration.ofSeconds(40)))).awaitParked();
        pool.onAvailable(MIB, () -> {
            if (!Thread.currentThread().equals(self)) {
                throw new Unspeakable();
            }
        });
        held.removeFirst().release();
        try {
            held.add(join(waiter));
        } catch (ExecutionException failed) {
            assertThat(failed).hasCauseInstanceOf(OutOfMemoryError.class);
        }
        assertAddsUp(pool, held);
        release(held);
    }

    /** A large buffer in place of chunks, so that its release hands nothing to the oldest, but makes room for two. */
    private static PooledBuffer swap(BufferPool pool, List<PooledBuffer> held) {
        for (int i = 0; i < 8; i++) {
            held.removeLast().release();
        }
        PooledBuffer large = pool.acquire(4 * MIB);
        held.addAll(fill(pool, MIB));
        return large;
    }
}
