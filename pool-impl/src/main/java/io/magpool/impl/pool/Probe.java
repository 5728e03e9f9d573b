/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.arena.ClosedArenasException;
import io.magpool.impl.arena.Reclaim;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.slab.Charge;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out for others whether an acquire would succeed: takes what it needs and puts it back. */
final class Probe {

    private final Arenas arenas;
    private final Reclaim reclaim;
    private final Charge charge;
    private final Runnable afterCharging;

    /** Runs something after each time that something was charged for a moment. */
    Probe(Arenas arenas, Reclaim reclaim, Charge charge, Runnable afterCharging) {
        this.arenas = arenas;
        this.reclaim = reclaim;
        this.charge = charge;
        this.afterCharging = afterCharging;
    }

    /**
     * Tells whether an acquire need not wait. True also where the system refuses memory: no release would change that, and
     * the acquire will say so.
     */
    boolean finds(Wish wish, boolean byReclaim) {
        try {
            return wish.isLarge() ? findsRoom(wish, byReclaim) : findsChunk(wish, byReclaim);
        } catch (MemoryRefusedException bySystem) {
            return true;
        } catch (ClosedArenasException closed) {
            return false;
        }
    }

    private boolean findsRoom(Wish wish, boolean byReclaim) {
        boolean found = take(() -> charge.tryAdd(wish.charge()) ? wish : null, wish, byReclaim) != null;
        if (found) {
            charge.subtract(wish.charge());
            afterCharging.run();
        }
        return found;
    }

    private boolean findsChunk(Wish wish, boolean byReclaim) {
        Magazine magazine = take(() -> arenas.takeLoadedAnywhere(wish.sizeClass()), wish, byReclaim);
        if (magazine != null) {
            arenas.put(wish.sizeClass(), magazine);
        }
        return magazine != null;
    }

    private <T> @Nullable T take(Supplier<@Nullable T> attempt, Wish wish, boolean byReclaim) {
        T result = attempt.get();
        return result == null && byReclaim ? reclaim.retryOnce(attempt, wish.charge()) : result;
    }
}
