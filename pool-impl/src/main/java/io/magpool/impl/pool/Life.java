/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.CloseReport;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.trim.Upkeep;

/**
 * A pool's life: open, then closed for good.
 *
 * <p>The fast path does not ask whether the pool is closed: its guard says so, since closing locks each cache. What goes
 * another way asks before and after: an acquire looks again when it has its buffer, and gives it back.
 */
final class Life {

    private final MagazinePool pool;
    private final Upkeep upkeep;
    private volatile boolean closed;
    private volatile Runnable afterClose = () -> {};

    Life(MagazinePool pool, Upkeep upkeep) {
        this.pool = pool;
        this.upkeep = upkeep;
    }

    /** Sets what is to be done in each interval of the trim, on its thread. */
    void alsoDo(Runnable action) {
        upkeep.alsoDo(action);
    }

    /** Sets what is to be done when the pool has been closed. */
    void afterClose(Runnable action) {
        afterClose = action;
    }

    boolean isClosed() {
        return closed;
    }

    void checkOpen() {
        if (closed) {
            throw closed();
        }
    }

    PoolClosedException closed() {
        return new PoolClosedException(pool.name());
    }

    PooledBuffer unlessClosed(PooledBuffer buffer) {
        if (closed) {
            buffer.release();
            throw closed();
        }
        return buffer;
    }

    /** Ends it, or does again what could not be done the last time. */
    CloseReport end() {
        closed = true;
        upkeep.end();
        pool.caches().closeAll(pool.arenas()::put);
        CloseReport report = OpenBuffers.count(pool);
        try {
            pool.large().close();
        } finally {
            pool.arenas().close();
            pool.waiters().closeAll();
            afterClose.run();
        }
        return report;
    }
}
