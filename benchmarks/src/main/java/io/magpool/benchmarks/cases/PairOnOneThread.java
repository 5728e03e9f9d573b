/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import java.util.ArrayList;
import java.util.List;
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
 * What does it cost to acquire a buffer, touch both ends and release it at once, on the same thread? Does it depend on
 * the size?
 *
 * <p>A pair gets the same buffer again and again, and its address matters: where it equals, in its lower twelve bits, that
 * of a Java object in use, the processor takes a load of the one to depend on the store to the other, and the pair costs half
 * as much again. So each iteration holds one buffer more than the one before, and measures another address.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open()
public class PairOnOneThread {

    @Param("256")
    public int size;

    private final List<Object> held = new ArrayList<>();
    private Subject subject;
    private SizeSequence sizes;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        sizes = SizeSequence.upTo(size);
    }

    @Setup(Level.Iteration)
    public void promoteAndMoveOn() {
        beginIteration(subject, size);
        held.add(subject.acquire(size));
        subject.release(subject.acquire(size)); // builds what goes with the next address, so that it becomes old too
        Promotion.promoteAll();
    }

    /** Nothing here. */
    void beginIteration(Subject allocator, int bytes) {}

    @TearDown(Level.Trial)
    public void releaseHeld() {
        held.forEach(subject::release);
    }

    @Benchmark
    public void pair() {
        subject.release(subject.acquire(sizes.next()));
    }
}
