/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.event.Events;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.ThreadCache;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends all operations past the caches of threads, while anybody waits for memory and for a little longer: to divert all
 * caches costs a barrier in all threads, and at the limit one wait follows the other.
 *
 * <p>It ends when an operation that it sent here finds that nobody has waited for a while. No clock has to strike: as long
 * as it stands, each operation comes by.
 *
 * <p>The lock orders its beginning, its end, and the admission of new caches: a cache is registered first and admitted
 * then, so it is either found by who diverts all, or finds that it is to be diverted. Nothing under the lock waits or calls
 * the system: the barrier comes after it, and whoever comes meanwhile and finds the caches diverted but not behind the
 * barrier runs one too.
 */
final class Diversion {

    private static final long LINGER = TimeUnit.MICROSECONDS.toNanos(500);

    private final CacheRegistry caches;
    private final Events events;
    private final AtomicInteger standing; // of all that somebody may want to count
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean active; // written under the lock
    private long began; // how often; under the lock
    private @Nullable Object recording; // under the lock
    private boolean counts = true; // under the lock; false once the pool is at its end
    private volatile long fenced; // the beginning whose barrier is done; an older value costs one barrier more
    private volatile long idleSince;

    Diversion(CacheRegistry caches, Events events, AtomicInteger standing) {
        this.caches = caches;
        this.events = events;
        this.standing = standing;
    }

    /** Begins, or goes on. When it returns, no operation begins in a cache any more until the end. */
    void begin() {
        long current;
        Object begun = active ? null : events.beginDiversion(); // not under the lock
        lock.lock();
        try {
            if (!active) {
                active = true;
                recording = begun;
                standing.addAndGet(counts ? 1 : 0);
                began++;
                caches.divertAll();
            }
            current = began;
        } finally {
            lock.unlock();
        }
        if (fenced != current) {
            caches.fence();
            fenced = current;
        }
    }

    /** Begins for a line elsewhere; returns false if it stood already. */
    boolean beginForOthers() {
        boolean stood = active;
        begin();
        idle();
        return !stood;
    }

    /** The line is empty. */
    void idle() {
        idleSince = System.nanoTime();
    }

    /** Ends, if nobody has waited for a while. */
    void endIfIdle(BooleanSupplier nobodyWaits) {
        Object ended = null;
        if (active && System.nanoTime() - idleSince > LINGER && lock.tryLock()) {
            try {
                if (active && nobodyWaits.getAsBoolean()) {
                    active = false;
                    standing.addAndGet(counts ? -1 : 0);
                    caches.undivertAll();
                    ended = takeRecording();
                }
            } finally {
                lock.unlock();
            }
        }
        events.endDiversion(ended);
    }

    /**
     * The pool is at its end, with its caches closed: whether it diverts is no matter to anybody from now on. Else others would look
     * for its line with each release, since no operation comes by here any more that could end it.
     */
    void endForGood() {
        lock.lock();
        try {
            standing.addAndGet(counts && active ? -1 : 0);
            counts = false;
        } finally {
            lock.unlock();
        }
    }

    /** The pool is closed, and its line has been told: what is recorded of it ends with that. */
    void endRecording() {
        Object ended;
        lock.lock();
        try {
            ended = takeRecording();
        } finally {
            lock.unlock();
        }
        events.endDiversion(ended);
    }

    /** Under the lock; what is written of it is written afterwards. */
    private @Nullable Object takeRecording() {
        Object taken = recording;
        recording = null;
        return taken;
    }

    /** Diverts a new cache, which was registered before, if the others are. */
    void admit(ThreadCache cache) {
        lock.lock();
        try {
            if (active) {
                caches.divert(cache);
            }
        } finally {
            lock.unlock();
        }
    }
}
