/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Threads of all kinds at the same work: some that live as long as the soak, and short-lived ones, platform and virtual, of
 * which a new one starts when one has ended. They pause often: a soak is about time, not about load.
 */
final class Crew {

    /** What one thread does. */
    interface Worker {

        void step() throws Exception;

        /** Gives everything back, at the end. */
        void leave() throws Exception;
    }

    private static final int STEPS_OF_A_SHORT_LIFE = 2000;
    private static final int STEPS_BETWEEN_PAUSES = 16;
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(4000);
    private static final Duration HANGS = Duration.ofSeconds(60);

    private final String name;
    private final long seed;
    private final Function<SplittableRandom, Worker> workers;
    private final AtomicReference<Throwable> failure;
    private final AtomicLong steps = new AtomicLong();
    private final List<Thread> lasting = new ArrayList<>();
    private final List<Thread> shortLived = new ArrayList<>();
    private long lives;
    private volatile boolean over;

    Crew(String name, long seed, Function<SplittableRandom, Worker> workers, AtomicReference<Throwable> failure) {
        this.name = name;
        this.seed = seed;
        this.workers = workers;
        this.failure = failure;
    }

    void begin(int threads) {
        while (lasting.size() < threads) {
            lasting.add(live(Thread.ofPlatform(), Long.MAX_VALUE));
        }
    }

    /** Starts as many short-lived threads as are missing. */
    void refresh(int threads) {
        shortLived.removeIf(thread -> !thread.isAlive());
        while (shortLived.size() < threads) {
            shortLived.add(
                    live(lives % 3 == 0 ? Thread.ofPlatform() : Thread.ofVirtual(), STEPS_OF_A_SHORT_LIFE));
        }
    }

    void end() throws InterruptedException {
        over = true;
        lasting.addAll(shortLived);
        for (Thread thread : lasting) {
            if (!thread.join(HANGS)) {
                throw new AssertionError(thread + " hangs at " + List.of(thread.getStackTrace()));
            }
        }
    }

    long steps() {
        return steps.get();
    }

    long lives() {
        return lives;
    }

    private Thread live(Thread.Builder kind, long length) {
        Worker worker = workers.apply(new SplittableRandom(seed + lives));
        lives++;
        return kind.name(name + "-" + lives).start(() -> live(worker, length));
    }

    private void live(Worker worker, long length) {
        long step = 0;
        try {
            try {
                for (; step < length && !over && failure.get() == null; step++) {
                    worker.step();
                    if (step % STEPS_BETWEEN_PAUSES == 0) {
                        LockSupport.parkNanos(PAUSE);
                    }
                }
            } finally {
                worker.leave();
                steps.addAndGet(step);
            }
        } catch (Throwable wrong) {
            failure.compareAndSet(null, wrong);
        }
    }
}
