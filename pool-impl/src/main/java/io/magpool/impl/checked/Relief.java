/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.Registration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the ordinary pool can have of memory in quarantine, which is acquired to it: all of it, before it refuses and while somebody waits.
 * Nothing where nothing is kept back.
 */
public final class Relief {

    private volatile @Nullable Custody custody;

    /** Builds it with nothing to give. */
    public Relief() {}

    void from(Custody keeper) {
        custody = keeper;
    }

    /**
     * Tells whether there is anything to ask for.
     *
     * @return a recent figure
     */
    public boolean isAny() {
        Custody keeper = custody;
        return keeper != null && keeper.isAny();
    }

    /**
     * Gives back what is in quarantine now. By a thread that holds nothing others need: the releases are as a user's.
     *
     * @return false if that was nothing
     */
    public boolean ask() {
        Custody keeper = custody;
        return keeper != null && keeper.empty();
    }

    /**
     * Puts an action in the pool's line, and gives back what is in quarantine; until the action's turn has ended nothing stays there.
     * The releases make room, so the action may run before this returns, as with any pool.
     *
     * @param action to be called back
     * @param line of the pool
     * @return what the user may cancel
     */
    public Registration callBack(Runnable action, Function<Runnable, Registration> line) {
        Custody keeper = custody;
        return keeper == null ? line.apply(action) : CallBack.inLine(keeper, action, line);
    }

    /** Somebody waits for memory: until {@link #endWait} nothing stays in quarantine. */
    public void beginWait() {
        Custody keeper = custody;
        if (keeper != null) {
            keeper.beginHurry();
            boolean begun = false;
            try {
                keeper.empty();
                begun = true;
            } finally {
                if (!begun) {
                    keeper.endHurry(); // nobody waits
                }
            }
        }
    }

    /** Once for each {@link #beginWait}. */
    public void endWait() {
        Custody keeper = custody;
        if (keeper != null) {
            keeper.endHurry();
        }
    }
}
