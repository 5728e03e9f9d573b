/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.slab.SizeClasses;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a chunk, recycled with it: Bonwick's object cache, in which an object keeps its constructed state between
 * uses.
 *
 * <p>Built when the chunk is acquired for the first time, 40 bytes with 12-byte headers; segment and view are built when
 * they are first asked for. All fields belong to whoever owns the chunk; each hand-over from owner to owner has a
 * happens-before edge (a magazine of the same thread, a depot's stack, a slab's free bit), so whoever releases it, wherever, it is
 * neither lost nor found twice (invariant 7).
 *
 * <p>The check that the chunk is acquired is a plain one: it finds a second release, unless it races with the first or the
 * chunk was acquired again meanwhile.
 *
 * <p>An acquire by the thread that was the last owner stores no reference: the owner is written only when it changes.
 */
final class Chunk implements PooledBuffer {

    private static final int ACQUIRED = 1 << 31;
    private static final int VIEWED = 1 << 30; // somebody asked for the view since it was acquired
    private static final int ZEROS = 1 << 29; // nobody has had the memory since it came from the system
    private static final int SIZE_MASK = (1 << 24) - 1;

    private final int number;
    private final int sizeClass;
    private int state; // acquired | viewed | size
    private LocalCache lastOwner;
    private @Nullable Views views;
    private @Nullable Object attachment;

    private record Views(MemorySegment segment, ByteBuffer buffer) {}

    Chunk(int number, int sizeClass, LocalCache owner) {
        this.number = number;
        this.sizeClass = sizeClass;
        this.lastOwner = owner;
    }

    @SuppressWarnings("ReferenceEquality") // there is one for each thread
    Chunk acquiredBy(LocalCache owner, int size) {
        state = size | ACQUIRED;
        if (lastOwner != owner) {
            lastOwner = owner;
        }
        return this;
    }

    /** For the first owner, of memory that is known to be zeros. */
    void markZeros() {
        state |= ZEROS;
    }

    boolean isZeros() {
        return (state & ZEROS) != 0;
    }

    @Override
    public void release() {
        if (state >= 0) {
            throw notAcquired();
        }
        state = 0;
        LocalCache owner = lastOwner;
        if (!owner.isOwnedBy(Thread.currentThread()) || !owner.release(sizeClass, number)) {
            releaseElsewhere(owner);
        }
    }

    /** Another thread's chunk goes into this thread's magazines; where they are full, or the pool wants chunks elsewhere, beyond. */
    private void releaseElsewhere(LocalCache owner) {
        if (owner.isOwnedBy(Thread.currentThread()) || !owner.pool().releaseHere(sizeClass, number)) {
            owner.pool().releaseSlowly(sizeClass, number);
        }
    }

    @Override
    public long size() {
        return checkedState() & SIZE_MASK;
    }

    @Override
    public long capacity() {
        checkedState();
        return SizeClasses.bytes(sizeClass);
    }

    @Override
    public long address() {
        checkedState();
        MemorySegment segment = views().segment;
        if (!segment.isNative()) {
            throw new IllegalStateException("a heap buffer has no address: " + this);
        }
        return segment.address();
    }

    @Override
    public boolean hasArray() {
        checkedState();
        return !views().segment.isNative();
    }

    @Override
    public byte[] array() {
        checkedState();
        return views().segment.heapBase().filter(byte[].class::isInstance).map(byte[].class::cast)
                .orElseThrow(() -> new IllegalStateException("an off-heap buffer has no array: " + this));
    }

    @Override
    public MemorySegment segment() {
        checkedState();
        return views().segment;
    }

    @Override
    public ByteBuffer byteBuffer() {
        int seen = checkedState();
        ByteBuffer buffer = views().buffer;
        if ((seen & VIEWED) == 0) {
            buffer.clear().limit(seen & SIZE_MASK).order(ByteOrder.BIG_ENDIAN);
            state = seen | VIEWED;
        }
        return buffer;
    }

    private Views views() {
        Views built = views;
        return built != null ? built : buildViews();
    }

    private Views buildViews() {
        MemorySegment segment = lastOwner.pool().memoryOf(number);
        Views built = new Views(segment, segment.asByteBuffer());
        views = built;
        return built;
    }

    @Override
    public PooledBuffer reallocate(long size) {
        int seen = checkedState();
        if (0 <= size && size <= SizeClasses.bytes(sizeClass)) {
            state = (seen & ~SIZE_MASK) | (int) size;
            return this;
        }
        return lastOwner.pool().slowPath().move(this, size, 1);
    }

    @Override
    public @Nullable Object attachment() {
        checkedState();
        return attachment;
    }

    @Override
    public void attach(@Nullable Object wrapper) {
        checkedState();
        attachment = wrapper;
    }

    private int checkedState() {
        int seen = state;
        if (seen >= 0) {
            throw notAcquired();
        }
        return seen;
    }

    private BufferNotAcquiredException notAcquired() {
        return new BufferNotAcquiredException(toString());
    }

    int number() {
        return number;
    }

    int sizeClass() {
        return sizeClass;
    }

    /** For a look, by anyone. */
    boolean isAcquired() {
        return state < 0;
    }

    /** For statistics, by anyone: what was asked for, or 0 while nobody has it. */
    int askedBytes() {
        int seen = state;
        return seen < 0 ? seen & SIZE_MASK : 0;
    }

    @Override
    public String toString() {
        return "buffer " + number + " of " + SizeClasses.bytes(sizeClass) + " bytes of pool "
                + lastOwner.pool().name();
    }
}
