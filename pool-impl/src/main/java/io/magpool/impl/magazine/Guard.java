/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.VarHandles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Mutual exclusion between the owner of a thread cache, who enters at each operation and must not pay for it, and whoever
 * revokes the cache, rarely, and pays for both.
 *
 * <p>It is Dekker's pattern: each side announces itself and then looks at the other. Both sides must not look too early,
 * so between announcement and look there has to be a full barrier. The owner has none; the revoker runs one <em>in every
 * thread of the process</em> ({@link io.magpool.impl.memory.Barrier}) after its announcement. At that point in the owner's
 * instruction stream either the owner's {@code busy = 1} came before, and then the revoker sees it and waits; or the
 * owner's look at {@code control} comes after, and then the owner sees the revocation and leaves. The idea is that of
 * asymmetric fences (Dice, Huang, Yang, "Asymmetric Dekker Synchronization", 2001; WG21 P1202; Linux' membarrier).
 *
 * <pre>{@code
 * owner, each operation                        revoker, rarely
 *   busy = 1               (opaque)              control |= REVOKED      (atomic: one revoker at a time)
 *   if control != 0: leave (acquire)             barrier in every thread of the process
 *   ... push or pop ...                          wait a bounded time until busy == 0 (volatile), else undo and skip
 *   busy = 0               (release)             take what it wants; control &= ~REVOKED (release)
 * }</pre>
 *
 * <pre>{@code
 * field     read by           order                 written by     order
 * busy      revoker           volatile              owner          opaque 1, release 0
 *           one of many       opaque                one of many    compare-and-set to 1, release 0
 * control   owner             acquire               revoker        atomic or, atomic and (release)
 *           one of many       volatile
 * }</pre>
 *
 * <p>The owner's acquire read pairs with the revoker's release: an owner that gets in sees what the revoker left behind.
 * The revoker's read of {@code busy == 0} pairs with the owner's release: a revoker that goes on sees the owner's work.
 *
 * <p>It rests on HotSpot as much as on the letter of the memory model, which knows no barrier in other threads: opaque
 * accesses to {@code busy} and acquire accesses to {@code control} are single machine accesses that the compiler keeps in
 * program order around each other; and a thread stopped for the barrier is stopped between two of its instructions. Where
 * one does not want to rely on that, the guard is <em>fenced</em>: a bit that is always set in {@code control} sends each
 * entry through a full fence of the owner's own.
 *
 * <p>Rules for the owner inside: straight-line array code only. No call into the system, no allocation, no lock, no wait.
 * If an owner is killed inside by a StackOverflowError, its {@code busy} stays set and revokers skip it until its next
 * operation; nothing is torn, since a magazine changes by a single store.
 *
 * <p>Rejected: a compare-and-set at each entry (twice the price of the whole operation); a plain flag without barrier
 * (nearly every revocation tears something).
 */
@SuppressWarnings("unused")
public abstract class Guard extends GuardWords {
    private int gap; // which an 8-byte header leaves behind the words, and a field of a subclass would move into
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    private static final VarHandle BUSY = VarHandles.ofField(MethodHandles.lookup(), "busy", int.class);
    private static final VarHandle CONTROL = VarHandles.ofField(MethodHandles.lookup(), "control", int.class);

    private static final int FENCED = 1;
    private static final int REVOKED = 2;
    private static final int CLOSED = 4;
    private static final int DIVERTED = 8;

    /**
     * Builds an open guard.
     *
     * @param fenced true to have the owner fence for itself
     */
    protected Guard(boolean fenced) {
        control = fenced ? FENCED : 0;
    }

    /** Owner: begins an operation, or returns false: the cache is not the owner's at present. Never waits. */
    protected final boolean enter() {
        setBusyOpaque(1);
        return getControlAcquire() == 0 || enterSlowly();
    }

    private boolean enterSlowly() {
        if (getControlAcquire() == FENCED) {
            VarHandle.fullFence();
            if (getControlAcquire() == FENCED) {
                return true;
            }
        }
        leave();
        return false;
    }

    /**
     * In place of {@link #enter} where many share the cache: begins an operation, unless another is inside or the cache is
     * revoked. Whoever gets in is the owner until {@link #leave}. Announcement and look are both volatile, so the memory model
     * itself keeps them in order, in either mode. Never waits.
     */
    protected final boolean tryEnterAmongMany() {
        if (getBusyOpaque() != 0 || !casBusy(0, 1)) {
            return false;
        }
        boolean open = (getControlVolatile() & ~FENCED) == 0;
        if (!open) {
            leave();
        }
        return open;
    }

    /** Owner: ends an operation. */
    protected final void leave() {
        BUSY.setRelease(this, 0);
    }

    /**
     * Revoker, first step: announces. A barrier in all threads must follow before {@link #awaitIdle}.
     *
     * @return false if another revoker was first: then nothing may be taken
     */
    final boolean announceRevocation() {
        return ((int) CONTROL.getAndBitwiseOr(this, REVOKED) & REVOKED) == 0;
    }

    /** Revoker, first step where it cannot be skipped: waits for another revoker, which is done soon. */
    final void announceRevocationAtLast() {
        while (!announceRevocation()) {
            Thread.onSpinWait();
        }
    }

    /**
     * Revoker, second step, behind the barrier: waits a bounded time until the owner is outside.
     *
     * @return false if it is still inside: the cache must not be touched then
     */
    final boolean awaitIdle(int looks) {
        for (int left = looks; left > 0; left--) {
            if ((int) BUSY.getVolatile(this) == 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Revoker, last step: lets the owner in again. */
    final void undoRevocation() {
        CONTROL.getAndBitwiseAndRelease(this, ~REVOKED);
    }

    /** Revoker, last step: locks the owner out for good. */
    final void closeForGood() {
        CONTROL.getAndBitwiseOr(this, CLOSED);
        undoRevocation();
    }

    /**
     * Revoker: tells whether the owner is locked out for good and seems to be outside. Only a barrier makes that sure.
     */
    final boolean isClosedAndIdle() {
        return (getControlVolatile() & (CLOSED | REVOKED)) == CLOSED && (int) BUSY.getVolatile(this) == 0;
    }

    /** Locks the owner out until {@link #undivert()}; nothing is taken. */
    final void divert() {
        CONTROL.getAndBitwiseOr(this, DIVERTED);
    }

    /** Ends {@link #divert()}. */
    final void undivert() {
        CONTROL.getAndBitwiseAndRelease(this, ~DIVERTED);
    }

    private int getBusyOpaque() {
        return (int) BUSY.getOpaque(this);
    }

    private boolean casBusy(int expected, int value) {
        return BUSY.compareAndSet(this, expected, value);
    }

    private void setBusyOpaque(int value) {
        BUSY.setOpaque(this, value);
    }

    private int getControlVolatile() {
        return (int) CONTROL.getVolatile(this);
    }

    private int getControlAcquire() {
        return (int) CONTROL.getAcquire(this);
    }
}
