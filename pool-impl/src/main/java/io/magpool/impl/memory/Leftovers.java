/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import io.magpool.api.MemoryRefusedException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Addresses without memory that the system refused to take back: kept, and offered again each time others are given back.
 * They cost nothing but address space, so whoever gave them is not troubled.
 *
 * <p>The lock covers the list only, never a call to the system (invariant 5).
 */
final class Leftovers {

    private final Unmapping system;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private volatile int count; // written under the lock

    /** How addresses go back to the system. */
    @FunctionalInterface
    interface Unmapping {

        /** Gives addresses back, or throws {@link MemoryRefusedException} and has changed nothing. */
        void unmap(long address, long bytes);
    }

    private record Piece(long address, long bytes) {}

    Leftovers(Unmapping system) {
        this.system = system;
    }

    /** Gives addresses back, now or later. */
    void unmap(long address, long bytes) {
        if (bytes > 0) {
            offer(new Piece(address, bytes));
        }
    }

    /** Offers each piece once more. */
    void tryAgain() {
        for (int left = count; left > 0; left--) {
            Piece oldest = poll();
            if (oldest == null) {
                return;
            }
            offer(oldest);
        }
    }

    private void offer(Piece piece) {
        try {
            system.unmap(piece.address, piece.bytes);
        } catch (MemoryRefusedException refused) {
            keep(piece);
        }
    }

    private synchronized void keep(Piece piece) {
        pieces.add(piece);
        count = pieces.size();
    }

    private synchronized @Nullable Piece poll() {
        Piece oldest = pieces.poll();
        count = pieces.size();
        return oldest;
    }

    /** Returns how many pieces are left over. */
    int count() {
        return count;
    }
}
