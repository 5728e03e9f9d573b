/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.memory.Barrier;

/** What owner and revokers do in the stress tests: both update a plain number by a read and a write. */
class GuardedCell extends Guard {

    private static final int LOOKS = 100_000;

    private final Barrier barrier;
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

    /** Returns 1 if the revoker got in. */
    final int revoke() {
        if (!announceRevocation()) {
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

    final int value() {
        return value;
    }
}
