/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.ThreadCache;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for room.
 *
 * <p>While there are any, the thread caches are diverted: what is released goes to the slabs, where a waiter can get it,
 * and whoever releases looks here. No wake-up is lost: a waiter reads the number of events, then tries, then waits only if
 * the number is still the same; a release makes its chunk available first, then looks for waiters, and counts an event.
 * The lock is never held while memory is looked for.
 *
 * <p>One release escapes this: of an owner that was stopped inside its guard while the caches were diverted, for longer than
 * a revoker waits. Its chunk goes to its own magazine, and no event tells. So a waiter looks again from time to time.
 */
final class Waiters {

    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(10);

    private final CacheRegistry caches;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition event = lock.newCondition();
    private volatile int waiting; // written under the lock
    private volatile long events; // written under the lock

    Waiters(CacheRegistry caches) {
        this.caches = caches;
    }

    /**
     * Tries until it succeeds or the time is over.
     *
     * @param attempt gives null when it fails, and throws when waiting is of no use any more
     * @param nanos how long to wait in all
     * @return what the attempt gave, or null
     */
    <T> @Nullable T await(Supplier<@Nullable T> attempt, long nanos) throws InterruptedException {
        begin();
        try {
            caches.divertAll();
            long left = nanos;
            while (true) {
                long seen = events;
                T result = attempt.get();
                if (result != null || left <= 0) {
                    return result;
                }
                long slice = Math.min(left, LOOK_AGAIN);
                left -= slice - awaitEventAfter(seen, slice);
            }
        } finally {
            end();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void begin() {
        lock.lock();
        try {
            waiting++;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void end() {
        lock.lock();
        try {
            waiting--;
            if (waiting == 0) {
                caches.undivertAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private long awaitEventAfter(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (events == seen && left > 0) {
                left = event.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** After memory was made available: wakes those who wait for it. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    void signal() {
        if (waiting != 0) {
            lock.lock();
            try {
                events++;
                event.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Diverts a new cache, which was registered before, if anybody waits. */
    void admit(ThreadCache cache) {
        lock.lock();
        try {
            if (waiting != 0) {
                caches.divert(cache);
            }
        } finally {
            lock.unlock();
        }
    }
}
