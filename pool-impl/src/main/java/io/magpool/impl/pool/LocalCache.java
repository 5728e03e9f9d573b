/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.magazine.ThreadCache;
import org.jspecify.annotations.Nullable;

/**
 * A thread's own way into a pool: what its ThreadLocal holds, and what a chunk remembers of who acquired it last.
 *
 * <p>Immutable, and apart from the cache itself on purpose. A thread that releases another thread's chunk asks here whether
 * it is the owner; asked in the cache, each such question would take a cache line away from an owner who writes it at each
 * operation. The owner is a thread's id, which is never used again, so that a chunk keeps no dead thread's objects alive.
 *
 * @param pool whose chunks these are
 * @param ownerId the id of the thread, or {@link #NOBODY}
 * @param cache the thread's magazines; null for nobody
 */
record LocalCache(MagazinePool pool, long ownerId, @Nullable ThreadCache cache) {

    /** No thread's id: stands for virtual threads, which have no cache. */
    static final long NOBODY = -1;

    /** The cache, where the caller knows that it is somebody's. */
    @SuppressWarnings("NullAway") // only nobody has none
    ThreadCache own() {
        return cache;
    }

    boolean isOwnedByThisThread() {
        return ownerId == Thread.currentThread().threadId();
    }
}
