/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.impl.arena.ClosedArenasException;
import java.lang.System.Logger.Level;

/**
 * A pool's side of the {@link TrimThread}: whether the pool has anything to watch, and if not, what wakes the thread.
 *
 * <p>A pool without memory behind any chunk sleeps: nothing is idle in it, and nothing can become so before a magazine is
 * filled from a slab, or a large buffer's mapping is kept. Who fills or keeps one looks here afterwards. No wake-up is lost: the
 * thread says that the pool sleeps, then looks for memory; the other has memory, then looks whether the pool sleeps; both by
 * volatile accesses.
 *
 * <p>A pool whose memory is all in use is looked at once in an interval, since nothing tells when a buffer falls idle: a release
 * that told would cost more than all the looks.
 */
public final class Upkeep {

    private final Trimmer trimmer;
    private final TrimThread thread;
    private volatile boolean asleep = true;
    private volatile boolean ended;
    private volatile Runnable alsoDue = () -> {};
    private boolean warned; // of the thread

    /**
     * Builds it asleep.
     *
     * @param trimmer is called by the thread
     * @param thread is woken when there is something to do
     */
    public Upkeep(Trimmer trimmer, TrimThread thread) {
        this.trimmer = trimmer;
        this.thread = thread;
    }

    /** Sets what is to be done whenever the pool is looked at, on the thread. */
    public void alsoDo(Runnable action) {
        alsoDue = action;
    }

    /** After a magazine was filled, or a mapping kept: sees to it that somebody watches. Where no thread can be had, the next one tries again. */
    public void wake() {
        if (asleep && !ended) {
            watch();
        }
    }

    private void watch() {
        asleep = false;
        try {
            thread.watch(this);
        } catch (OutOfMemoryError noThread) {
            asleep = true;
        }
    }

    /** The pool was closed: nothing is to be watched any more. */
    public void end() {
        ended = true;
        asleep = true;
        thread.forget(this);
    }

    /**
     * On the thread: does what is due.
     *
     * @return in how many nanoseconds to come again; the largest number if not before this is woken
     */
    long look() {
        if (ended) {
            thread.forget(this); // a magazine was filled while the pool was closed
            return Long.MAX_VALUE;
        }
        if (asleep) {
            return Long.MAX_VALUE;
        }
        try {
            try {
                trimmer.tickIfDue();
            } finally {
                alsoDue.run(); // what was done until then stays done
            }
            if (!trimmer.isAnythingToWatch()) {
                asleep = true;
                if (ended || !trimmer.isAnythingToWatch()) {
                    return Long.MAX_VALUE;
                }
                asleep = false;
            }
        } catch (ClosedArenasException closedMeanwhile) {
            asleep = true;
            return Long.MAX_VALUE;
        } catch (RuntimeException | Error failed) { // of this pool; the others shall not suffer
            if (!warned) {
                warned = true;
                System.getLogger(Upkeep.class.getName())
                        .log(Level.WARNING, "trim of pool " + trimmer.poolName() + " failed, and is tried again",
                                failed);
            }
            return trimmer.intervalNanos();
        }
        return Math.max(1, trimmer.nanosUntilDue());
    }
}
