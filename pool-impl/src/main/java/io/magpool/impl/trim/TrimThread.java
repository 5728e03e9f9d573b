/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that trims for all pools of a process: a daemon named {@code magpool-trimmer}, started by the first pool that has
 * memory, ended when no pool is left.
 *
 * <p>It waits at the reference queue of its pools, without a timeout while all of them sleep. So it wakes also when a pool
 * that was never closed has been collected: it holds pools weakly, drops what is gone, and ends with the last one. No
 * thread, and with it no class loader, stays behind. Who wakes it puts a reference into the same queue.
 *
 * <p>The list is guarded by this object's monitor, held for a few steps in the list, never while a pool is trimmed.
 */
public final class TrimThread {

    private static final TrimThread SHARED = new TrimThread();
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReferenceQueue<Object> events = new ReferenceQueue<>();
    private final List<WeakReference<Upkeep>> watched = new ArrayList<>();
    private @Nullable Thread thread;

    /** Starts nothing yet. */
    TrimThread() {}

    /**
     * Returns the one of this process.
     *
     * @return always the same
     */
    public static TrimThread shared() {
        return SHARED;
    }

    /** Wakes the thread for a pool, or starts it. */
    synchronized void watch(Upkeep pool) {
        if (watched.stream().noneMatch(reference -> reference.refersTo(pool))) {
            watched.add(new WeakReference<>(pool, events));
        }
        if (thread != null) {
            wake();
        } else {
            Thread fresh = Thread.ofPlatform()
                    .daemon()
                    .name("magpool-trimmer")
                    .inheritInheritableThreadLocals(false)
                    .unstarted(this::run);
            fresh.setContextClassLoader(null);
            fresh.start();
            thread = fresh;
        }
    }

    synchronized void forget(Upkeep pool) {
        watched.removeIf(reference -> reference.refersTo(pool));
        wake();
    }

    private synchronized void wake() {
        if (thread != null) {
            new WeakReference<>(this, events).enqueue();
        }
    }

    /** Goes on whatever happens: pools that are awake would never start another thread. */
    private void run() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = lookRound();
            } catch (RuntimeException | Error failed) { // no room in the Java heap for a list, or for a line in the log
                LockSupport.parkNanos(RETRY_NANOS); // which needs none
            }
        }
    }

    private boolean lookRound() {
        List<WeakReference<Upkeep>> pools = present();
        if (pools.isEmpty()) {
            return false;
        }
        long nanos = Long.MAX_VALUE;
        for (WeakReference<Upkeep> pool : pools) {
            nanos = Math.min(nanos, look(pool));
        }
        await(nanos);
        return true;
    }

    /** Ends the thread, if there is none. */
    private synchronized List<WeakReference<Upkeep>> present() {
        watched.removeIf(reference -> reference.refersTo(null));
        List<WeakReference<Upkeep>> present = List.copyOf(watched); // first, since it may fail
        if (present.isEmpty()) {
            thread = null;
        }
        return present;
    }

    /** A method of its own, so that the thread's stack keeps no pool alive while it waits. */
    private static long look(WeakReference<Upkeep> reference) {
        Upkeep pool = reference.get();
        return pool == null ? Long.MAX_VALUE : pool.look();
    }

    private void await(long nanos) {
        try {
            if (nanos == Long.MAX_VALUE) {
                events.remove();
            } else {
                events.remove(TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1);
            }
        } catch (InterruptedException notByUs) {
            return; // somebody else's mistake; the thread looks round and waits again
        }
        Object event;
        do {
            event = events.poll();
        } while (event != null);
    }

    /** For tests: the thread, if there is one now. */
    synchronized @Nullable Thread thread() {
        return thread;
    }
}
