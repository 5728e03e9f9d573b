/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost a server, which holds many buffers of many sizes, to release one of them, any, and to acquire
 * another, of any size? Each thread holds its own; the sizes are recorded ones.
 *
 * <p>The time includes what is the same for all rows: a random number, and the store of a reference into an old array.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open()
public class ReplacementAmongLiveBuffers {

    /**
     * How long an array must be to have regions of its own in G1's heap. What a store of a reference costs depends on where it
     * points from and to. Where a shorter array lay was chance, but the same in each JVM of one build: a replacement took 18 ns in
     * some builds and 23 in others, whose pools do the same.
     */
    private static final int HUMONGOUS = 1 << 18;

    /** How many buffers each thread holds: a power of two. */
    @Param("128")
    public int live;

    private Subject subject;
    private SizeSequence sizes;
    private Object[] buffers;
    private int random = 0x9E37_79B9;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        sizes = SizeSequence.recorded();
        buffers = new Object[Math.max(live, HUMONGOUS)];
        for (int i = 0; i < live; i++) {
            buffers[i] = subject.acquire(sizes.next());
        }
    }

    @Setup(Level.Iteration)
    public void promote() {
        Promotion.promoteAll();
    }

    @Benchmark
    public void replace() {
        Object[] held = buffers;
        int any = nextRandom() & (live - 1);
        subject.release(held[any]);
        held[any] = subject.acquire(sizes.next());
    }

    /** Marsaglia's xorshift: three shifts, no table that would push buffers out of the processor's caches. */
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
        for (int i = 0; i < live; i++) {
            subject.release(buffers[i]);
        }
    }
}
