/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
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
 * What does a buffer cost that one thread acquires and another releases?
 *
 * <p>The measured thread acquires and offers, its partner polls and releases. An operation is a buffer that was taken
 * into the queue, never an attempt. The queue is bounded, so in the long run both run at the pace of the slower one, and
 * the time per operation is the time that the slower of the two needs for a buffer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open()
public class HandOffBetweenThreads {

    private static final int UNDERWAY = 1 << 10;

    @Param("256")
    public int size;

    private Subject subject;
    private SizeSequence sizes;
    private Queue<Object> queue;
    private Partner partner;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        sizes = SizeSequence.upTo(size);
        queue = new SpscVarHandleArrayQueue<>(UNDERWAY);
        partner = new Partner(measured.kind, this::releaseOne);
    }

    private boolean releaseOne() {
        Object buffer = queue.poll();
        if (buffer == null) {
            return false;
        }
        subject.release(buffer);
        return true;
    }

    @Setup(Level.Iteration)
    public void promote() {
        Promotion.promoteAll();
    }

    @Benchmark
    public void handOff() {
        Object buffer = subject.acquire(sizes.next());
        for (int tries = 0; !queue.offer(buffer); tries++) {
            partner.await(tries);
        }
    }

    @TearDown(Level.Trial)
    public void close() throws ExecutionException, InterruptedException {
        partner.join();
    }
}
