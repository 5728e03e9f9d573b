/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.threads.ThreadKind;

/**
 * A line of the table: what is done, and on which threads.
 *
 * @param workload the benchmark
 * @param parameter its parameter
 * @param kind the kind of the threads
 * @param threads how many are measured at once
 */
public record Case(Workload workload, int parameter, ThreadKind kind, int threads) {

    /**
     * Says what is done.
     *
     * @return a few words
     */
    public String label() {
        return workload.label(parameter);
    }

    /**
     * Says on which threads.
     *
     * @return a few words
     */
    public String threadsLabel() {
        return (workload.crossesThreads() ? 2 * threads : threads) + " " + kind.label();
    }
}
