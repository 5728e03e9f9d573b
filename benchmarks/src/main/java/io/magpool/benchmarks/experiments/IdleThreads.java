/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.threads.ThreadKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Many threads, all started before anything is measured, so that their stacks do not count. Each acquires and releases
 * one buffer, then waits.
 */
final class IdleThreads {

    private final CountDownLatch started;
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch used;
    private final CountDownLatch end = new CountDownLatch(1);

    private IdleThreads(int count) {
        started = new CountDownLatch(count);
        used = new CountDownLatch(count);
    }

    static void measure(Candidate candidate, ThreadKind kind, int count, int size, Consumer<Fields> report)
            throws InterruptedException {
        IdleThreads threads = new IdleThreads(count);
        ExecutorService executor = kind.threads(count, "idle");
        try (MemorySubject subject = candidate.open()) {
            subject.release(subject.acquireUntouched(size));
            for (int i = 0; i < count; i++) {
                executor.execute(() -> threads.live(kind, subject, size));
            }
            threads.started.await();
            report.accept(readings("before", subject));
            threads.go.countDown();
            threads.used.await();
            report.accept(readings("after", subject));
            threads.end.countDown();
        } finally {
            executor.shutdown();
        }
    }

    private static Fields readings(String stage, MemorySubject subject) {
        return Readings.ofProcess(Readings.ofHeap(Fields.none().with("stage", stage))).with("charged",
                subject.charged());
    }

    private void live(ThreadKind kind, MemorySubject subject, int size) {
        try {
            kind.requireCurrentThread();
            started.countDown();
            go.await();
            subject.release(subject.acquire(size));
            used.countDown();
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
