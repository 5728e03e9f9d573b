/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.threads.ThreadKind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * The thread at the other end: it does its step again and again until it is told to stop and there is nothing left to
 * do.
 *
 * <p>Both threads spin while they wait, so that no wake-up is measured: they need a core each. Whoever has waited for
 * much longer than a hand-off takes yields instead, because the other one then lacks a core.
 */
final class Partner {

    private static final int SPINS = 1 << 12;

    private final ExecutorService thread;
    private final Future<?> work;
    private volatile boolean stopping;

    /**
     * Starts the thread.
     *
     * @param kind the kind of thread
     * @param step does one piece of work; false if there was none
     */
    Partner(ThreadKind kind, BooleanSupplier step) {
        this.thread = kind.threads(1, "partner");
        this.work = thread.submit(() -> {
            kind.requireCurrentThread();
            workOff(step);
        });
    }

    private void workOff(BooleanSupplier step) {
        int tries = 0;
        while (!stopping) {
            if (step.getAsBoolean()) {
                tries = 0;
            } else {
                pause(tries++);
            }
        }
        while (step.getAsBoolean()) {}
    }

    /**
     * Lets the measured thread wait for a moment.
     *
     * @param tries how often it has waited for the same thing already
     * @throws IllegalStateException if there is nothing to wait for: the partner has failed, or this thread is
     *         interrupted because the benchmark took too long
     */
    void await(int tries) {
        pause(tries);
        if (work.isDone() || Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the other thread did not keep up", failure());
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on the yield, it is a courtesy
    private static void pause(int tries) {
        if (tries < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private Throwable failure() {
        return work.state() == Future.State.FAILED ? work.exceptionNow() : new CancellationException();
    }

    /** Lets the thread finish what is there, and waits for its end. */
    void join() throws ExecutionException, InterruptedException {
        stopping = true;
        try {
            work.get();
        } finally {
            thread.shutdown();
        }
    }
}
