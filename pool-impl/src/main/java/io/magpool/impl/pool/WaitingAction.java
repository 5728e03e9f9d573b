/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.Registration;
import java.lang.System.Logger.Level;

/** An action in the line: runs once, on whichever thread made room for it. */
final class WaitingAction extends Waiter implements Registration {

    private static final System.Logger LOG = System.getLogger(WaitingAction.class.getName());

    private final Waiters line;
    private final Runnable action;

    WaitingAction(Wish wish, Waiters line, Runnable action) {
        super(wish);
        this.line = line;
        this.action = action;
    }

    /** For whoever ended its turn. */
    void run() {
        try {
            action.run();
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.WARNING, "an action that waited for " + wish().size() + " bytes failed", failed);
        }
    }

    @Override
    public void close() {
        if (tryCancel()) {
            line.leave(this);
        }
    }
}
