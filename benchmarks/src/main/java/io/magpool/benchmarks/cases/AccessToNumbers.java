/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import io.netty.buffer.ByteBuf;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * What does it cost to read or write one number, as users do it: with the checks of index and reference count that Netty has
 * on by default, at any alignment?
 *
 * <p>The indices come from an array of random numbers: in order, the JIT would make one wide access of several narrow ones,
 * which no decoder sees. The buffer fits into the first-level cache, so that the checks are not hidden behind memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter and calls open()
public class AccessToNumbers {

    private static final int ACCESSES = 1_024;
    private static final int BYTES = 4_096;
    private static final long SEED = 20_010_626;

    @Param
    public NumberAccess access;

    private final int[] indices = new Random(SEED).ints(ACCESSES, 0, BYTES - Long.BYTES + 1).toArray();
    private Subject subject;
    private ByteBuf buffer;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        buffer = (ByteBuf) subject.acquire(BYTES);
    }

    @TearDown(Level.Trial)
    public void close() {
        subject.release(buffer);
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long access() {
        return access.run(buffer, indices);
    }
}
