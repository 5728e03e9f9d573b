/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.threads;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives JMH the kind of thread that a system property names. JMH builds it by its class name, and would read a choice
 * between executors of its own only once in a JVM.
 */
public final class MeasuringThreads extends AbstractExecutorService {

    private static final String KIND = "benchmarks.threads";

    private final ExecutorService threads;

    /**
     * Prepares the threads; they start with their first tasks.
     *
     * @param count how many
     * @param name what their names begin with
     */
    public MeasuringThreads(int count, String name) {
        this.threads = ThreadKind.valueOf(System.getProperty(KIND)).threads(count, name);
    }

    static List<String> jvmArgs(ThreadKind kind) {
        return List.of("-Djmh.executor=CUSTOM", "-Djmh.executor.class=" + MeasuringThreads.class.getName(),
                "-D" + KIND + "=" + kind.name());
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
