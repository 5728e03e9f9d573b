/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.Registration;
import io.magpool.impl.event.Events;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** An action in the line: runs once, on whichever thread made room for it. */
final class WaitingAction extends Waiter implements Registration {

    private static final System.Logger LOG = System.getLogger(WaitingAction.class.getName());

    private final Waiters line;
    private final Runnable action;
    private final Events events;
    private final @Nullable Object begun;

    WaitingAction(Wish wish, Waiters line, Runnable action, Events events) {
        super(wish);
        this.events = events;
        this.begun = events.beginWait();
        this.line = line;
        this.action = action;
    }

    /** For whoever ended its turn. */
    void run() {
        tell();
        try {
            action.run();
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.WARNING, "an action that waited for " + wish().size() + " bytes failed", failed);
        }
    }

    private void tell() {
        events.endWait(begun, wish().size(), "action", outcome());
    }

    @Override
    public void close() {
        if (tryCancel()) {
            tell();
            line.leave(this);
        }
    }
}
