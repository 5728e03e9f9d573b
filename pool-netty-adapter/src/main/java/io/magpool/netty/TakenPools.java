/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Knows which pools have an allocator. A chunk has one slot for an attachment; two allocators over one pool would find
 * each other's buffers in it.
 *
 * <p>A pool stays taken for as long as it exists, even when its allocator does not: the buffers that are attached to its
 * chunks remain. Pools are held weakly, so this set keeps none of them alive.
 */
final class TakenPools {

    private static final Set<BufferPool> TAKEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private TakenPools() {}

    /**
     * Takes a pool for one allocator.
     *
     * @throws IllegalStateException if it is taken already
     */
    static void take(BufferPool pool) {
        if (!TAKEN.add(pool)) {
            throw new IllegalStateException(
                    "pool " + pool + " has an allocator already: there can be one for each pool, so share that one");
        }
    }

    /** Undoes {@link #take} for a pool none of whose chunks got a buffer. */
    static void giveUp(BufferPool pool) {
        TAKEN.remove(pool);
    }
}
