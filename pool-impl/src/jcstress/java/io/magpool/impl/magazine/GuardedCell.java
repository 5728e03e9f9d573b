/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.memory.Barrier;

/** What owner and revokers do in the stress tests: all update a plain number by a read and a write. */
class GuardedCell extends Guard {

    private static final int LOOKS = 100_000;

    private final Barrier barrier;
    private volatile boolean dead; // stands for the end of the owner's thread
    private int value;

    GuardedCell(Barrier barrier, boolean fenced) {
        super(fenced);
        this.barrier = barrier;
    }

    /** Returns 1 if the owner got in. */
    final int own() {
        if (!enter()) {
            return 0;
        }
        value = value + 1;
        leave();
        return 1;
    }

    /** Like {@link #own()}, but never leaves. */
    final int dieInside() {
        int entered = 0;
        if (enter()) {
            value = value + 1;
            entered = 1;
        }
        dead = true;
        return entered;
    }

    /** Returns 1 if the revoker got in. */
    final int revoke() {
        return revoke(true);
    }

    /** A revoker who does not wait its turn does not care whether another was first. */
    final int revoke(boolean inTurn) {
        if (!announceRevocation() && inTurn) {
            return 0;
        }
        barrier.execute();
        int entered = 0;
        if (awaitIdle(LOOKS)) {
            value = value + 1;
            entered = 1;
        }
        undoRevocation();
        return entered;
    }

    /** Returns 1 if the reaper got in. */
    final int reap(boolean announced) {
        for (int looks = LOOKS; !dead && looks > 0; looks--) {
            Thread.onSpinWait();
        }
        if (!dead || (announced && !announceRevocation())) {
            return 0;
        }
        value = value + 1;
        if (announced) {
            undoRevocation();
        }
        return 1;
    }

    /** How many of the updates that were made are lost. */
    final int missing(int made) {
        return made - value;
    }
}
