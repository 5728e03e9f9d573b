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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a buffer cost when one thread only acquires and another only releases, thousands at a time? It is the known
 * weak point of allocators that keep memory with the thread that freed it.
 *
 * <p>The measured thread fills a batch and passes it on, its partner releases all of it and passes the empty array back.
 * There are two arrays, so one thread fills while the other empties. The time is per buffer, not per batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open()
public class OneWayBatches {

    private static final int BATCH = 4_096;
    private static final int UNDERWAY = 2;

    @Param("256")
    public int size;

    private Subject subject;
    private SizeSequence sizes;
    private Queue<Object[]> full;
    private Queue<Object[]> empty;
    private Partner partner;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        sizes = SizeSequence.upTo(size);
        full = new SpscVarHandleArrayQueue<>(UNDERWAY);
        empty = new SpscVarHandleArrayQueue<>(UNDERWAY);
        for (int i = 0; i < UNDERWAY; i++) {
            empty.offer(new Object[BATCH]);
        }
        partner = new Partner(measured.kind, this::releaseBatch);
    }

    private boolean releaseBatch() {
        Object[] batch = full.poll();
        if (batch == null) {
            return false;
        }
        for (Object buffer : batch) {
            subject.release(buffer);
        }
        empty.offer(batch);
        return true;
    }

    @Setup(Level.Iteration)
    public void promote() {
        Promotion.promoteAll();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void passBatch() {
        Object[] batch = emptyBatch();
        for (int i = 0; i < BATCH; i++) {
            batch[i] = subject.acquire(sizes.next());
        }
        full.offer(batch);
    }

    private Object[] emptyBatch() {
        for (int tries = 0;; tries++) {
            Object[] batch = empty.poll();
            if (batch != null) {
                return batch;
            }
            partner.await(tries);
        }
    }

    @TearDown(Level.Trial)
    public void close() throws ExecutionException, InterruptedException {
        partner.join();
    }
}
