/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import io.magpool.benchmarks.threads.ThreadKind;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a buffer cost in a program whose threads come and go? Each thread inherits the live buffers of the one before
 * it, replaces some thousand of them at random, leaves what is there to its successor, and ends. So its first cache is
 * empty, most of what it releases comes from a thread that is gone, and what it leaves in its own cache has to be found
 * again.
 *
 * <p>The time is per replacement and includes its share of the thread's start and end, which is the same for all rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open()
public class ReplacementByShortLivedThreads {

    private static final int REPLACEMENTS = 4_096;

    /** How many buffers each thread inherits: a power of two. */
    @Param("1024")
    public int live;

    private Subject subject;
    private ThreadKind kind;
    private ThreadFactory threads;
    private SizeSequence sizes;
    private Object[] buffers;
    private int random = 0x9E37_79B9;
    private volatile @Nullable Throwable failure;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        kind = measured.kind;
        threads = kind.factory("short-lived");
        sizes = SizeSequence.recorded();
        buffers = new Object[live];
        for (int i = 0; i < live; i++) {
            buffers[i] = subject.acquire(sizes.next());
        }
    }

    @Setup(Level.Iteration)
    public void promote() {
        Promotion.promoteAll();
    }

    @Benchmark
    @OperationsPerInvocation(REPLACEMENTS)
    public void generation() throws InterruptedException {
        Thread thread = threads.newThread(this::live);
        thread.start();
        thread.join();
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("a thread failed", cause);
        }
    }

    /** The life of a thread. Its start and its end order all that it does between the lives before and after it. */
    private void live() {
        try {
            kind.requireCurrentThread();
            for (int i = 0; i < REPLACEMENTS; i++) {
                replace();
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void replace() {
        Object[] held = buffers;
        int any = nextRandom() & (held.length - 1);
        subject.release(held[any]);
        held[any] = subject.acquire(sizes.next());
    }

    /** Marsaglia's xorshift, as in {@link ReplacementAmongLiveBuffers}. */
    private int nextRandom() {
        int x = random;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        random = x;
        return x;
    }

    @TearDown(Level.Trial)
    public void close() {
        for (Object buffer : buffers) {
            subject.release(buffer);
        }
    }
}
