/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.trim.Upkeep;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool's life: open, then closed for good. Closed, it hands out nothing (invariant 6).
 *
 * <p>The fast path does not ask whether the pool is closed: its guard says so, since closing locks each cache. What goes
 * another way asks before and after: an acquire looks again when it has its buffer, and gives it back.
 */
final class Life {

    private final MagazinePool pool;
    private final Upkeep upkeep;
    private volatile boolean closed;
    private volatile Runnable beforeClose = () -> {};
    private volatile Runnable afterClose = () -> {};
    private volatile Runnable alsoDue = () -> {};
    private volatile boolean lookedAround;

    Life(MagazinePool pool, Upkeep upkeep) {
        this.pool = pool;
        this.upkeep = upkeep;
    }

    /** Sets what is to be done in each interval of the trim, and before statistics are taken. */
    void alsoDo(Runnable action) {
        alsoDue = action;
        lookedAround = true;
    }

    /** Tells whether there is such a thing. */
    boolean isLookedAround() {
        return lookedAround;
    }

    void lookAround() {
        alsoDue.run();
    }

    /** Sets what is to be done before the pool is closed, and again before another try. */
    void beforeClose(Runnable action) {
        beforeClose = action;
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
    OpenBuffers end() {
        beforeClose.run();
        boolean first = !closed;
        closed = true;
        if (pool.isParent()) {
            upkeep.end();
            return endChildrenFirst(first);
        }
        return endOne(first);
    }

    /** Whatever the system refuses of one, all are ended. */
    private OpenBuffers endChildrenFirst(boolean first) {
        List<OpenBuffers> ofChildren = new ArrayList<>();
        MemoryRefusedException refused = null;
        for (MagazinePool child : pool.family().children()) {
            try {
                ofChildren.add(child.life().end());
            } catch (MemoryRefusedException bySystem) {
                refused = bySystem;
            }
        }
        OpenBuffers report = endOne(first).plus(ofChildren);
        if (refused != null) {
            throw refused;
        }
        return report;
    }

    private OpenBuffers endOne(boolean first) {
        pool.family().trimmer().remove(pool.trimmable());
        pool.caches().closeAll(pool.arenas()::put);
        pool.arenas().refuseHands(() -> pool.family().removeIfEmpty(pool));
        OpenBuffers report = OpenBuffers.count(pool);
        if (first) {
            pool.events().closed(report.acquiredBuffers(), report.acquiredBytes());
        }
        try {
            pool.large().close();
        } finally {
            try {
                pool.arenas().close();
            } finally {
                pool.waiters().closeAll();
                pool.diversion().endRecording();
                afterClose.run();
                pool.family().removeIfEmpty(pool);
                pool.family().offer(pool, Waiter.ENOUGH);
            }
        }
        return report;
    }
}
