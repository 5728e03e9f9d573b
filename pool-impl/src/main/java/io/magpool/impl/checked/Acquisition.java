/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PooledBuffer;
import io.magpool.impl.concurrent.VarHandles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one acquisition, also after its handle became unreachable. It holds the buffer of the pool behind, and
 * never the handle.
 *
 * <p>It is out until {@link #released} is set, by one compare-and-set: so of releases that race one wins, and the others know
 * at once where that one was made. A handle that became unreachable is released by {@link Stack#NONE}, in the same way.
 */
final class Acquisition extends PhantomReference<FollowedBuffer> {

    private static final VarHandle RELEASED = VarHandles.ofField(MethodHandles.lookup(), "released", Stack.class);
    private static final VarHandle OVERDUE = VarHandles.ofField(MethodHandles.lookup(), "overdue", boolean.class);

    private final PooledBuffer inner;
    private final long capacity;
    private final Lifetime life;
    private final boolean checked;
    private final Stack acquired = Stack.here();
    private volatile @Nullable Stack released;
    private volatile boolean overdue;

    Acquisition(
            FollowedBuffer handle,
            ReferenceQueue<FollowedBuffer> unreachable,
            PooledBuffer inner,
            Lifetime life,
            boolean checked) {
        super(handle, unreachable);
        this.inner = inner;
        this.capacity = inner.capacity();
        this.life = life;
        this.checked = checked;
    }

    /** Returns null if this call released it, else where it had been released. */
    @Nullable Stack release(Stack where) {
        return (Stack) RELEASED.compareAndExchange(this, null, where);
    }

    /** Only for who has just released it. */
    void undoRelease() {
        released = null;
    }

    boolean isOut() {
        return released == null;
    }

    @Nullable Stack released() {
        return released;
    }

    Stack acquired() {
        return acquired;
    }

    PooledBuffer inner() {
        return inner;
    }

    long capacity() {
        return capacity;
    }

    Lifetime life() {
        return life;
    }

    /** Whether its memory goes through quarantine. */
    boolean isChecked() {
        return checked;
    }

    Duration age(long nanoTime) {
        return Duration.ofNanos(nanoTime - acquired.nanoTime());
    }

    /** Whether it was reported for having been out too long. */
    boolean isOverdue() {
        return overdue;
    }

    /** Returns true to one of those who look at once: it reports. */
    boolean tryMarkOverdue() {
        return !overdue && OVERDUE.compareAndSet(this, false, true);
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
