/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.util.concurrent.locks.LockSupport;

/**
 * A thread in the line. It parks; whoever has something for it says so first and unparks it then. The word is needed
 * besides the permit of the park: a pause or a lock inside a try may use the permit up.
 */
final class WaitingThread extends Waiter {

    private final Thread thread = Thread.currentThread();
    private volatile boolean called;

    WaitingThread(Wish wish) {
        super(wish);
    }

    void call() {
        called = true;
        LockSupport.unpark(thread);
    }

    boolean isCalled() {
        return called;
    }

    /** Before the thread looks again: a call from now on is for the look after that. */
    void answer() {
        called = false;
    }

    /** Parks, unless it was called since it {@link #answer answered}. May return for no reason. */
    void park(Object blocker, long nanos) {
        if (!called) {
            LockSupport.parkNanos(blocker, nanos);
        }
    }
}
