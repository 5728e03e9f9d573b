/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.concurrent.VarHandles;
import io.magpool.impl.memory.AddressRange;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A buffer above the largest size class: a mapping of its own, with a life of its own.
 *
 * <p>Its segment belongs to a shared arena that is closed before the memory is unmapped, so that a stale access through it
 * is an exception. Its byte buffer does not, since parts of the JDK's channels refuse views of such arenas: like a raw
 * address, it must not be used after the release. Beside a mapping, an atomic release is free: racing ones are caught.
 */
final class LargeBuffer implements PooledBuffer {

    private static final VarHandle ACQUIRED = VarHandles.ofField(MethodHandles.lookup(), "acquired", boolean.class);

    private final LargeBuffers home;
    private final AddressRange range;
    private final MemorySegment whole; // of no closeable arena
    private volatile boolean acquired = true;
    private long size;
    private @Nullable Arena arena;
    private @Nullable MemorySegment segment;
    private @Nullable ByteBuffer buffer;
    private @Nullable Object attachment;

    LargeBuffer(LargeBuffers home, AddressRange range, MemorySegment whole, long size) {
        this.home = home;
        this.range = range;
        this.whole = whole;
        this.size = size;
    }

    AddressRange range() {
        return range;
    }

    @Override
    public long size() {
        checkAcquired();
        return size;
    }

    @Override
    public long capacity() {
        checkAcquired();
        return range.bytes();
    }

    @Override
    public long address() {
        checkAcquired();
        if (!whole.isNative()) {
            throw new IllegalStateException("a heap buffer has no address: " + this);
        }
        return whole.address();
    }

    @Override
    public boolean hasArray() {
        checkAcquired();
        return !whole.isNative();
    }

    @Override
    public byte[] array() {
        checkAcquired();
        return whole.heapBase().filter(byte[].class::isInstance).map(byte[].class::cast)
                .orElseThrow(() -> new IllegalStateException("an off-heap buffer has no array: " + this));
    }

    @Override
    public MemorySegment segment() {
        checkAcquired();
        MemorySegment built = segment;
        if (built == null) {
            Arena life = Arena.ofShared();
            built = home.boundedBy(whole, life);
            arena = life;
            segment = built;
        }
        return built;
    }

    @Override
    public ByteBuffer byteBuffer() {
        checkAcquired();
        ByteBuffer built = buffer;
        if (built == null) {
            if (range.bytes() > Integer.MAX_VALUE) {
                throw new IllegalStateException("capacity is " + range.bytes() + ": a ByteBuffer holds at most "
                        + Integer.MAX_VALUE + " bytes");
            }
            built = whole.asByteBuffer().limit((int) size);
            buffer = built;
        }
        return built;
    }

    @Override
    public PooledBuffer reallocate(long newSize) {
        checkAcquired();
        if (newSize > home.smallest() && newSize <= range.bytes()) {
            size = newSize;
            return this;
        }
        return home.move(this, newSize);
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
        if (!ACQUIRED.compareAndSet(this, true, false)) {
            throw new BufferNotAcquiredException(toString());
        }
        Arena life = arena;
        if (life != null) {
            closeOrKeep(life);
        }
        try {
            home.release(this);
        } catch (MemoryRefusedException refused) {
            arena = null;
            segment = null;
            acquired = true;
            throw refused;
        }
    }

    /** An access that is going on, of a channel say, keeps the arena from being closed: then nothing is released. */
    private void closeOrKeep(Arena life) {
        try {
            life.close();
        } catch (IllegalStateException inUse) {
            acquired = true;
            throw inUse;
        }
    }

    private void checkAcquired() {
        if (!acquired) {
            throw new BufferNotAcquiredException(toString());
        }
    }

    @Override
    public String toString() {
        return "large buffer of " + range.bytes() + " bytes of pool " + home.poolName();
    }
}
