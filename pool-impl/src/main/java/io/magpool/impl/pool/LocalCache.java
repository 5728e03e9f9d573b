/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.magazine.PairLayout;
import io.magpool.impl.magazine.SampleRate;
import io.magpool.impl.magazine.ThreadCache;
import org.jspecify.annotations.Nullable;

/**
 * A thread's cache in one pool: what the thread finds when it acquires, and what a chunk remembers of who acquired it last.
 *
 * <p>A thread that releases another thread's chunk asks here whether it is the owner. The answer lies behind the pad that
 * follows the guard's words: beside them, each such question would take a cache line away from an owner who writes it at
 * each operation. The owner is known by its id, which is never used again.
 */
final class LocalCache extends ThreadCache {

    /** No thread's id. */
    static final long NOBODY = -1;

    private final MagazinePool pool;
    private final long ownerId;

    LocalCache(
            MagazinePool pool,
            @Nullable Thread owner,
            PairLayout layout,
            long budget,
            boolean fenced,
            SampleRate sampleRate) {
        super(owner, layout, budget, fenced, sampleRate);
        this.pool = pool;
        this.ownerId = owner == null ? NOBODY : owner.threadId();
    }

    MagazinePool pool() {
        return pool;
    }

    boolean isOwnedBy(Thread thread) {
        return ownerId == thread.threadId();
    }
}
