/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.impl.magazine.Stripes;
import io.magpool.impl.magazine.ThreadCache;
import org.jspecify.annotations.Nullable;

/**
 * Admits caches to a pool: a thread's own when it comes for the first time, and the stripes that virtual threads share. A cache
 * is registered before it is used, then finds out whether it is to be diverted, or the pool is closed.
 */
final class Admission implements Stripes.Admission {

    private final MagazinePool pool;
    private final LocalCaches locals;

    Admission(MagazinePool pool, LocalCaches locals) {
        this.pool = pool;
        this.locals = locals;
    }

    Stripes stripes() {
        int count = Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1);
        return new Stripes(
                count,
                pool.platform().cores(),
                pool.arenas().layout(),
                pool.config().threadCacheBytes(),
                isFenced(),
                pool.sampleRate(),
                this);
    }

    @Nullable LocalCache localIfAny() {
        return locals.find();
    }

    /** Returns null for virtual threads, and where the Java heap has no room for a cache: a stripe will do. */
    @Nullable LocalCache localOfThisThread() {
        try {
            LocalCache local = locals.find();
            return local != null || Thread.currentThread().isVirtual() ? local : admitThisThread();
        } catch (OutOfMemoryError noRoom) {
            return null;
        }
    }

    private LocalCache admitThisThread() {
        pool.caches().reapDead(pool.arenas()::put);
        LocalCache cache = new LocalCache(
                pool,
                Thread.currentThread(),
                pool.arenas().layout(),
                pool.config().threadCacheBytes(),
                isFenced(),
                pool.sampleRate());
        admit(cache);
        locals.add(cache);
        return cache;
    }

    private boolean isFenced() {
        return pool.config().guard() == PoolConfig.GuardMode.FENCED;
    }

    @Override
    public void admit(ThreadCache cache) {
        pool.caches().register(cache);
        pool.diversion().admit(cache);
        if (pool.life().isClosed()) {
            pool.caches().closeAll(pool.arenas()::put);
        }
    }

    @Override
    public void dismiss(ThreadCache stripe) {
        pool.caches().unregister(stripe);
    }
}
