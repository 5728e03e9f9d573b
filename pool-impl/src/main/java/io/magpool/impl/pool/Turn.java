/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.concurrent.VarHandles;
import io.magpool.impl.slab.ChunkNumber;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How one stay in the line ends: given what was wished, timed out, interrupted, cancelled, failed, or closed with the pool.
 *
 * <p>The giver, the clock, the interrupter and whoever closes the pool may all come at once. Each tries one compare-and-set
 * from WAITING, so exactly one wins, and the others know that they lost: a giver keeps its chunk and offers it to the
 * next, and one whose time is over while it is given something takes that. The chunk's number is part of the word, so
 * that it changes hands in the same step; what its last owner wrote is visible to the next by that step too.
 *
 * <pre>{@code
 * field   read by    order      written by   order
 * state   anyone     volatile   anyone       compare-and-set, once
 * }</pre>
 */
class Turn {

    private static final VarHandle STATE = VarHandles.ofField(MethodHandles.lookup(), "state", long.class);

    private static final long WAITING = -1;
    private static final long TIMED_OUT = -2;
    private static final long INTERRUPTED = -3;
    private static final long CLOSED = -4;
    private static final long CANCELLED = -5;
    private static final long SERVED = -6; // found room for itself
    // 0 and above: GIVEN, and the chunk's number

    private volatile long state = WAITING;

    private boolean end(long how) {
        return STATE.compareAndSet(this, WAITING, how);
    }

    /** Giver: hands a chunk over, or returns false: then it is still the giver's. */
    final boolean tryGive(int number) {
        return end(number);
    }

    /** Whoever found room on its own. */
    final boolean tryServe() {
        return end(SERVED);
    }

    final boolean tryTimeOut() {
        return end(TIMED_OUT);
    }

    final boolean tryInterrupt() {
        return end(INTERRUPTED);
    }

    final boolean tryCancel() {
        return end(CANCELLED);
    }

    final boolean tryClose() {
        return end(CLOSED);
    }

    /** How it ended, in words. */
    final String outcome() {
        long seen = state;
        if (seen >= 0) {
            return "given";
        }
        return switch ((int) seen) {
            case (int) WAITING -> "waiting";
            case (int) TIMED_OUT -> "timed out";
            case (int) INTERRUPTED -> "interrupted";
            case (int) CLOSED -> "closed";
            case (int) CANCELLED -> "cancelled";
            default -> "served";
        };
    }

    final boolean isWaiting() {
        return state == WAITING;
    }

    final boolean isClosed() {
        return state == CLOSED;
    }

    final boolean isTimedOut() {
        return state == TIMED_OUT;
    }

    /** The chunk that was given, or {@link ChunkNumber#NONE}. */
    final int given() {
        long seen = state;
        return seen >= 0 ? (int) seen : ChunkNumber.NONE;
    }
}
