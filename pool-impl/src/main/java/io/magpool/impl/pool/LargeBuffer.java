/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.checked.LargeKind;
import io.magpool.impl.concurrent.VarHandles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A buffer above the largest size class: a mapping of its own, with a life of its own.
 *
 * <p>Its segment belongs to a shared arena that is closed before the memory is unmapped, moved, cut or cached, so that a
 * stale access through it is an exception. (Where the JVM keeps memory as long as it is referred to, there is no such arena.)
 * Its byte buffer does not, since parts of the JDK's channels refuse views of such arenas: like a raw address, it must not be
 * used after the release or a reallocation.
 *
 * <p>Beside a mapping, an atomic step is free. So racing releases are caught, and while a mapping is resized or copied the buffer counts
 * as not acquired: a release on another thread that is not ordered with it is an exception, and nothing is unmapped twice.
 *
 * <p>It grows by remapping, its content is copied where that cannot be; it shrinks by giving back its tail. What is small
 * enough for a chunk moves into one, if one can be had: else it stays, since a smaller size must not fail.
 */
final class LargeBuffer implements PooledBuffer {

    /** What whoever stands in front of the pool may know of these. */
    static final LargeKind KIND = new LargeKind() {
        @Override
        public boolean test(PooledBuffer buffer) {
            return buffer instanceof LargeBuffer;
        }

        @Override
        public void note(PooledBuffer large, long size) {
            ((LargeBuffer) large).resizeTo(size);
        }
    };

    private static final VarHandle ACQUIRED = VarHandles.ofField(MethodHandles.lookup(), "acquired", boolean.class);

    private final LargeBuffers home;
    private final Mapping mapping;
    private final long alignment;
    private final boolean isZeros; // when it was acquired
    private volatile boolean acquired = true;
    private long size;
    private @Nullable Arena arena;
    private @Nullable MemorySegment segment;
    private @Nullable ByteBuffer buffer;
    private @Nullable Object attachment;

    LargeBuffer(LargeBuffers home, Mapping mapping, long size, long alignment, boolean isZeros) {
        this.home = home;
        this.mapping = mapping;
        this.size = size;
        this.alignment = alignment;
        this.isZeros = isZeros;
    }

    Mapping mapping() {
        return mapping;
    }

    /** Makes the content zeros, for the owner who has just acquired it and has not written yet. */
    void clear() {
        if (!isZeros) {
            mapping.whole().asSlice(0, size).fill((byte) 0);
        }
    }

    @Override
    public long size() {
        checkAcquired();
        return size;
    }

    @Override
    public long capacity() {
        checkAcquired();
        return mapping.bytes();
    }

    @Override
    public long address() {
        checkAcquired();
        if (!mapping.whole().isNative()) {
            throw new IllegalStateException("a heap buffer has no address: " + this);
        }
        return mapping.whole().address();
    }

    @Override
    public boolean hasArray() {
        checkAcquired();
        return !mapping.whole().isNative();
    }

    @Override
    public byte[] array() {
        checkAcquired();
        return mapping.whole().heapBase().filter(byte[].class::isInstance).map(byte[].class::cast)
                .orElseThrow(() -> new IllegalStateException("an off-heap buffer has no array: " + this));
    }

    @Override
    public MemorySegment segment() {
        checkAcquired();
        MemorySegment built = segment;
        if (built == null) {
            built = home.isMapped() ? buildSegment() : mapping.whole();
            segment = built;
        }
        return built;
    }

    private MemorySegment buildSegment() {
        Arena life = Arena.ofShared();
        arena = life;
        return home.boundedBy(mapping.whole(), life);
    }

    @Override
    public ByteBuffer byteBuffer() {
        checkAcquired();
        ByteBuffer built = buffer;
        if (built == null) {
            if (mapping.bytes() > Integer.MAX_VALUE) {
                throw new IllegalStateException("capacity is " + mapping.bytes() + ": a ByteBuffer holds at most "
                        + Integer.MAX_VALUE + " bytes");
            }
            built = mapping.whole().asByteBuffer().limit((int) size);
            buffer = built;
        }
        return built;
    }

    @Override
    public PooledBuffer reallocate(long newSize) {
        checkAcquired();
        return 0 <= newSize && newSize <= mapping.bytes() ? shrink(newSize) : grow(newSize);
    }

    private PooledBuffer grow(long newSize) {
        MagazinePool pool = home.pool();
        pool.growth().check(newSize);
        if (home.isMapped()) {
            long newBytes = LargeBuffers.mappedBytes(newSize);
            long more = newBytes - mapping.bytes();
            pool.growth().charge(more, newSize);
            boolean grown = false;
            try {
                grown = remap(newBytes);
            } finally {
                if (!grown) {
                    pool.growth().uncharge(more);
                }
            }
            if (grown) {
                resizeTo(newSize);
                return this;
            }
        }
        return pool.slowPath().move(this, newSize, alignment);
    }

    private void resizeTo(long newSize) {
        home.resized(size, newSize);
        size = newSize;
    }

    private boolean remap(long newBytes) {
        beginChange();
        try {
            endSegment();
            boolean grown = home.grow(mapping, newBytes, alignment);
            buffer = grown ? null : buffer;
            return grown;
        } finally {
            acquired = true;
        }
    }

    private PooledBuffer shrink(long newSize) {
        if (newSize <= LargeBuffers.largestChunk() && endSegmentIfIdle()) {
            PooledBuffer chunk = home.pool().slowPath().moveToChunk(this, newSize, alignment);
            if (chunk != null) {
                return chunk;
            }
        }
        resizeTo(newSize);
        long newBytes = LargeBuffers.mappedBytes(newSize);
        if (newBytes < mapping.bytes() && home.isMapped()) {
            cut(newBytes);
        }
        return this;
    }

    private void cut(long newBytes) {
        beginChange();
        try {
            if (endSegmentIfIdle()) {
                buffer = null;
                home.shrink(mapping, newBytes, alignment);
            }
        } finally {
            acquired = true;
        }
    }

    /** Copies the first bytes; a release that is not ordered with it is an exception meanwhile. */
    void copyTo(MemorySegment target, long bytes) {
        beginChange();
        try {
            MemorySegment.copy(mapping.whole(), 0, target, 0, bytes);
        } finally {
            acquired = true;
        }
    }

    private void beginChange() {
        if (!ACQUIRED.compareAndSet(this, true, false)) {
            throw new BufferNotAcquiredException(toString());
        }
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

    @Override
    public void release() {
        beginChange();
        boolean ended = false;
        try {
            endSegment();
            mapping.range(); // built now, where its failure does no harm
            ended = true;
        } finally {
            if (!ended) {
                acquired = true;
            }
        }
        home.release(mapping, size);
    }

    /** An access that is going on, of a channel say, keeps the arena from being closed: then this throws. */
    private void endSegment() {
        Arena life = arena;
        if (life != null) {
            life.close();
            arena = null;
            segment = null;
        }
    }

    private boolean endSegmentIfIdle() {
        try {
            endSegment();
            return true;
        } catch (IllegalStateException inUse) {
            return false;
        }
    }

    private void checkAcquired() {
        if (!acquired) {
            throw new BufferNotAcquiredException(toString());
        }
    }

    @Override
    public String toString() {
        return "large buffer of " + mapping.bytes() + " bytes of pool " + home.pool().name();
    }
}
