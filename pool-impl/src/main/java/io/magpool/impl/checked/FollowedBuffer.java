/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.BufferPool;
import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one acquisition, never used again for another: so a stale one stays dead.
 *
 * <p>It has a slot of its own for an attachment, empty at first, for the same reason: what is attached to the chunk belongs
 * to another life. The buffer behind never moves nor is cut, so that this handle's memory is one piece from beginning to end.
 */
final class FollowedBuffer implements PooledBuffer {

    private final Follower home;
    private final BufferPool pool; // the user's
    private final Acquisition acquisition;
    private final long alignment; // that was asked for
    private long size;
    private @Nullable MemorySegment segment;
    private @Nullable ByteBuffer view;
    private @Nullable Object attachment;

    FollowedBuffer(Follower home, BufferPool pool, PooledBuffer inner, Care care, long alignment) {
        this.home = home;
        this.pool = pool;
        this.alignment = alignment;
        this.size = inner.size();
        this.acquisition = home.begin(this, inner, care);
    }

    @Override
    public long size() {
        checkAcquired();
        return size;
    }

    @Override
    public long capacity() {
        checkAcquired();
        return acquisition.capacity();
    }

    @Override
    public long address() {
        return inner().address();
    }

    @Override
    public boolean hasArray() {
        return inner().hasArray();
    }

    @Override
    public byte[] array() {
        return inner().array();
    }

    @Override
    public MemorySegment segment() {
        checkAcquired();
        MemorySegment built = segment;
        if (built == null) {
            built = acquisition.life().bound(acquisition.inner().segment());
            segment = built;
        }
        return built;
    }

    @Override
    public ByteBuffer byteBuffer() {
        checkAcquired();
        ByteBuffer built = view;
        if (built == null) {
            ByteBuffer whole = acquisition.inner().byteBuffer(); // refuses what is too large
            built = acquisition.life().isBounded() ? segment().asByteBuffer() : whole;
            built.clear().limit((int) size).order(ByteOrder.BIG_ENDIAN);
            view = built;
        }
        return built;
    }

    @Override
    public PooledBuffer reallocate(long newSize) {
        checkAcquired();
        if (0 <= newSize && newSize <= acquisition.capacity()) {
            size = newSize;
            home.noteSize(acquisition.inner(), newSize);
            return this;
        }
        return Follower.move(pool, this, newSize, alignment);
    }

    @Override
    public @Nullable Object attachment() {
        checkAcquired();
        return attachment;
    }

    @Override
    public void attach(@Nullable Object wrapper) {
        checkAcquired();
        attachment = wrapper;
    }

    /** Reachable to the end: else it might be taken for leaked while it is being released. */
    @Override
    public void release() {
        try {
            home.end(acquisition);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private PooledBuffer inner() {
        checkAcquired();
        return acquisition.inner();
    }

    private void checkAcquired() {
        if (!acquisition.isOut()) {
            throw home.incidents().usedAfterRelease(acquisition);
        }
    }

    @Override
    public String toString() {
        return acquisition.toString();
    }
}
