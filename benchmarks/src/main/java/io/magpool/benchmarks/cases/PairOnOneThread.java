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

/**
 * What does it cost to acquire a buffer, touch both ends and release it at once, on the same thread? Does it depend on
 * the size?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open()
public class PairOnOneThread {

    @Param("256")
    public int size;

    private Subject subject;
    private SizeSequence sizes;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        sizes = SizeSequence.upTo(size);
    }

    @Setup(Level.Iteration)
    public void promote() {
        Promotion.promoteAll();
    }

    @Benchmark
    public void pair() {
        subject.release(subject.acquire(sizes.next()));
    }
}
