/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds the calling thread's cache.
 *
 * <p>A ThreadLocal holds it. In front of that stands a table indexed by the thread's id, which takes two loads where a
 * ThreadLocal takes four. The table is racy on purpose: an entry is published by a plain store, but a thread uses only an
 * entry of its own, which it has stored itself, and of others' entries it reads final fields. Two living threads may fall on
 * one entry: then the first keeps it, and the second goes on with the ThreadLocal. A virtual thread never finds one.
 *
 * <p>The ThreadLocal holds the cache weakly, for the pool's registry holds it anyway, and a living thread must not keep a
 * pool alive that nobody else wants.
 */
final class LocalCaches {

    private static final int ENTRIES = 512;

    private final @Nullable LocalCache[] byId = new LocalCache[ENTRIES];

    @SuppressWarnings("ThreadLocalUsage") // a thread has a cache in each pool that it uses
    private final ThreadLocal<@Nullable WeakReference<LocalCache>> ofThread = new ThreadLocal<>();

    @Nullable LocalCache find() {
        Thread thread = Thread.currentThread();
        LocalCache entry = byId[index(thread)];
        return entry != null && entry.isOwnedBy(thread) ? entry : findSlowly(thread);
    }

    private @Nullable LocalCache findSlowly(Thread thread) {
        WeakReference<LocalCache> held = thread.isVirtual() ? null : ofThread.get();
        LocalCache local = held == null ? null : held.get();
        if (local != null) {
            enter(thread, local);
        }
        return local;
    }

    void add(LocalCache local) {
        ofThread.set(new WeakReference<>(local));
        enter(Thread.currentThread(), local);
    }

    private void enter(Thread thread, LocalCache local) {
        LocalCache entry = byId[index(thread)];
        if (entry == null || entry.isOwnerDead()) {
            byId[index(thread)] = local;
        }
    }

    private static int index(Thread thread) {
        return (int) thread.threadId() & (ENTRIES - 1);
    }
}
