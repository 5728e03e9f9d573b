/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.concurrent.PaddedLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the threads that hold a slab outside all lists: <em>hands</em>. While another hand holds memory a failed try proves nothing,
 * and no region may be unmapped under a hand.
 *
 * <p>What may race: a hand that begins, and who closes. It is Dekker's pattern: a hand counts itself, then looks whether all is
 * closed; who closes marks that, then looks at the count. So no hand goes on unseen, and the last that ends in a closed store knows it.
 *
 * <p>A magazine is filled once in as many operations as it has rounds, at most, so the count is off the fast path.
 */
final class Hands {

    private static final int PAUSES = 15;
    private static final long FIRST_PAUSE = 10_000; // nanoseconds; doubled each time, so 0.3 seconds in all

    private final PaddedLong count = new PaddedLong();
    private final Runnable whenLastEnds;
    private volatile boolean closed;

    /**
     * Builds it open.
     *
     * @param whenLastEnds what the last hand does, once closed
     */
    Hands(Runnable whenLastEnds) {
        this.whenLastEnds = whenLastEnds;
    }

    /** Begins a hand, to be followed by {@link #end} in any case; or throws, and has begun nothing. */
    void begin() {
        count.addAndGet(1);
        if (closed) {
            end();
            throw new ClosedArenasException();
        }
    }

    void end() {
        if (count.addAndGet(-1) == 0 && closed) {
            whenLastEnds.run();
        }
    }

    boolean areBusy() {
        return count.get() != 0;
    }

    /** Refuses hands from now on, and waits a little for those that there are. */
    void close() {
        closed = true;
        for (int i = 0; i < PAUSES && areBusy(); i++) {
            LockSupport.parkNanos(FIRST_PAUSE << i);
        }
    }
}
