/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two pools of an allocator. Those that it was given remain the giver's; those that it creates it closes. The pool of
 * the heap buffers is created when the first of them is asked for.
 *
 * <p>Only who creates or closes takes the lock. {@code heap} is written once, under it, and read without.
 */
final class AllocatorPools {

    private static final int LONGEST_NAME = 64;
    private static final String HEAP_SUFFIX = "-heap";

    private final MagpoolByteBufAllocator alloc;
    private final BufferSource direct;
    private final boolean ownsDirect;
    private final boolean ownsHeap;
    private final @Nullable PoolConfig heapConfig;
    private volatile @Nullable BufferSource heap;
    private boolean closed;

    AllocatorPools(MagpoolByteBufAllocator alloc, MagpoolByteBufAllocatorBuilder built) {
        this.alloc = alloc;
        BufferPool givenDirect = built.directPool;
        BufferPool givenHeap = built.heapPool;
        refuseSame(givenDirect, givenHeap);
        this.heapConfig = built.heapConfig;
        this.ownsDirect = givenDirect == null;
        this.ownsHeap = givenHeap == null;
        if (givenHeap != null) {
            TakenPools.take(givenHeap);
        }
        boolean complete = false;
        try {
            BufferPool pool = givenDirect != null ? givenDirect : create(built.directConfig);
            TakenPools.take(pool);
            this.direct = new BufferSource(alloc, pool, BufferSource.Kind.DIRECT);
            complete = true;
        } finally {
            if (!complete && givenHeap != null) {
                TakenPools.giveUp(givenHeap);
            }
        }
        this.heap = givenHeap != null ? new BufferSource(alloc, givenHeap, BufferSource.Kind.HEAP) : null;
    }

    @SuppressWarnings("ReferenceEquality") // a pool is itself
    private static void refuseSame(@Nullable BufferPool direct, @Nullable BufferPool heap) {
        if (direct != null && direct == heap) {
            throw new IllegalArgumentException(
                    "pool " + direct + " was given for direct and for heap buffers: each kind needs a pool of its own");
        }
    }

    private static BufferPool create(@Nullable PoolConfig direct) {
        return BufferPool.create(direct == null
                ? PoolConfig.builder().storage(PoolConfig.Storage.OFF_HEAP).build()
                : direct);
    }

    /** A name that tells whose twin it is; all else as system properties and defaults say. */
    private PoolConfig heapConfig() {
        if (heapConfig != null) {
            return heapConfig;
        }
        String name = direct.pool.statistics().poolName().replace('/', '-'); // a child has both its names
        String stem = name.substring(0, Math.min(name.length(), LONGEST_NAME - HEAP_SUFFIX.length()));
        return PoolConfig.builder().name(stem + HEAP_SUFFIX).storage(PoolConfig.Storage.HEAP).build();
    }

    BufferSource direct() {
        return direct;
    }

    BufferSource heap() {
        BufferSource present = heap;
        return present != null ? present : createHeap();
    }

    @Nullable BufferPool heapIfPresent() {
        BufferSource present = heap;
        return present == null ? null : present.pool;
    }

    private synchronized BufferSource createHeap() {
        BufferSource present = heap;
        if (present == null) {
            if (closed) {
                throw new PoolClosedException(heapConfig().name());
            }
            BufferPool pool = BufferPool.create(heapConfig());
            TakenPools.take(pool);
            present = new BufferSource(alloc, pool, BufferSource.Kind.HEAP);
            heap = present;
        }
        return present;
    }

    void trimCurrentThread() {
        direct.pool.trimCurrentThread();
        BufferPool heapPool = heapIfPresent();
        if (heapPool != null) {
            heapPool.trimCurrentThread();
        }
    }

    /** Closes what was created here, both even if the first complains. */
    synchronized void close() {
        closed = true;
        direct.releaseUnreturned();
        try {
            if (ownsDirect) {
                direct.pool.close();
            }
        } catch (IllegalStateException inUse) {
            closeHeapAfter(inUse);
            throw inUse;
        }
        closeHeap();
    }

    private void closeHeapAfter(IllegalStateException first) {
        try {
            closeHeap();
        } catch (IllegalStateException second) {
            first.addSuppressed(second);
        }
    }

    private void closeHeap() {
        BufferPool heapPool = heapIfPresent();
        if (ownsHeap && heapPool != null) {
            heapPool.close();
        }
    }

    @Override
    public String toString() {
        return "direct: " + direct.pool + ", heap: " + Objects.requireNonNullElse(heapIfPresent(), "not needed yet");
    }
}
