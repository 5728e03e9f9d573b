/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.plan.ExpectedBuild;
import io.magpool.benchmarks.rows.Memory;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Subject;
import io.magpool.benchmarks.threads.ThreadKind;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What is measured, and on which kind of thread. All measuring threads share it. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls open()
public class Measured {

    @Param
    public Row row;

    @Param
    public ThreadKind kind;

    @Param("OFF_HEAP")
    public Memory memory;

    private final Placement placement = new Placement();
    private Subject shared;

    @Setup(Level.Trial)
    public void open() {
        ExpectedBuild.require();
        placement.gap();
        shared = row.open(memory);
    }

    @TearDown(Level.Trial)
    public void close() {
        shared.close();
    }

    /**
     * Returns what the calling thread shall measure, after a check that it is the right kind of thread. Chance decides where it
     * builds next.
     */
    synchronized Subject subject() {
        kind.requireCurrentThread();
        placement.gap();
        return row.isForOneThread() ? row.open(memory) : shared;
    }
}
