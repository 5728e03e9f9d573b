/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.Registration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An action in the ordinary pool's line. Until its turn has ended, by running or by being cancelled, whichever comes first,
 * nothing may stay in quarantine.
 */
final class CallBack implements Runnable, Registration {

    private final Custody custody;
    private final Runnable action;
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable Registration inLine;

    private CallBack(Custody custody, Runnable action) {
        this.custody = custody;
        this.action = action;
    }

    static CallBack inLine(Custody custody, Runnable action, Function<Runnable, Registration> line) {
        CallBack turn = new CallBack(custody, action);
        custody.beginHurry();
        boolean registered = false;
        try {
            turn.inLine = line.apply(turn);
            registered = true;
        } finally {
            if (!registered) {
                turn.end();
            }
        }
        if (!turn.ended.get()) {
            custody.empty();
        }
        return turn;
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            custody.endHurry();
        }
    }

    @Override
    public void run() {
        end();
        action.run();
    }

    @Override
    public void close() {
        Registration registration = inLine;
        if (registration != null) {
            registration.close();
        }
        end();
    }
}
