/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PoolConfig;
import io.magpool.impl.Eventually;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where the Java heap has no room even for a line in the log, the thread goes on. */
class FailingTrimThreadTest {

    private final TrimThread thread = new TrimThread();

    private final Trimmer trimmer = new Trimmer(
            PoolConfig.builder().trimInterval(Duration.ofMillis(5)).build(), System::nanoTime);

    private final Upkeep upkeep = new Upkeep(trimmer, thread);

    @Test
    void itLooksAgainAfterAFailureThatCouldNotBeLogged() {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger failedPrints = new AtomicInteger();
        upkeep.alsoDo(() -> {
            if (looks.getAndIncrement() == 0) {
                throw new NotLogged(failedPrints);
            }
        });
        upkeep.wake();
        Eventually.isTrue("a second look", () -> looks.get() >= 2, looks::get);
        assertThat(failedPrints).hasPositiveValue();
        upkeep.end();
        Eventually.isTrue("the thread has ended", () -> thread.thread() == null, thread::thread);
    }

    private static final class NotLogged extends Error {

        private static final long serialVersionUID = 1;

        private final transient AtomicInteger failedPrints;

        NotLogged(AtomicInteger failedPrints) {
            super("no room");
            this.failedPrints = failedPrints;
        }

        @Override
        public void printStackTrace(PrintWriter to) {
            throw noRoom();
        }

        @Override
        public void printStackTrace(PrintStream to) {
            throw noRoom();
        }

        private OutOfMemoryError noRoom() {
            failedPrints.incrementAndGet();
            return new OutOfMemoryError("no room for a line in the log");
        }
    }
}
