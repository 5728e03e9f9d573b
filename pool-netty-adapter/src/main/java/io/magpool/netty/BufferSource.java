/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where an allocator's buffers of one kind come from: a pool, each chunk of which carries its buffer as an attachment.
 *
 * <p>A source has a twin for buffers that the leak detector watches. Which of the two a buffer points to says whether its
 * chunk knows it for the time being: a flag in the buffer would make it a cache line's eighth larger.
 */
final class BufferSource {

    /** What the memory must be. */
    enum Kind {
        DIRECT,
        HEAP
    }

    final MagpoolByteBufAllocator alloc;
    final BufferPool pool;

    /** Whether this is the twin for watched buffers. */
    final boolean isForWatched;

    private final Kind kind;
    private final BufferSource twin;

    /** Chunks that the pool did not take back and that no buffer has. The twin's too. */
    private final Queue<PooledBuffer> unreturned;

    BufferSource(MagpoolByteBufAllocator alloc, BufferPool pool, Kind kind) {
        this.alloc = alloc;
        this.pool = pool;
        this.kind = kind;
        this.isForWatched = false;
        this.unreturned = new ConcurrentLinkedQueue<>();
        this.twin = new BufferSource(this);
    }

    private BufferSource(BufferSource unwatched) {
        this.alloc = unwatched.alloc;
        this.pool = unwatched.pool;
        this.kind = unwatched.kind;
        this.isForWatched = true;
        this.unreturned = unwatched.unreturned;
        this.twin = unwatched;
    }

    BufferSource twin() {
        return twin;
    }

    /**
     * Acquires a chunk and returns its buffer, at rest.
     *
     * @throws OutOfMemoryError with the figures, if the pool's limit leaves no room or the system refuses
     */
    MagpoolByteBuf acquire(int atLeast) {
        return bufferOrNew(acquireChunk(pool, atLeast));
    }

    /** Does the same, but returns null where there is no memory. */
    @Nullable MagpoolByteBuf tryAcquire(int atLeast) {
        PooledBuffer chunk = tryAcquireChunk(atLeast);
        if (chunk == null) {
            return null;
        }
        return bufferOrNew(chunk);
    }

    private MagpoolByteBuf bufferOrNew(PooledBuffer chunk) {
        MagpoolByteBuf buf = bufferOf(chunk);
        return buf != null ? buf : attachNew(chunk);
    }

    /** Finds the buffer of an acquired chunk, at rest; returns null if the chunk has none yet. */
    static @Nullable MagpoolByteBuf bufferOf(PooledBuffer chunk) {
        return chunk.attachment() instanceof MagpoolByteBuf buf ? buf : null;
    }

    private @Nullable PooledBuffer tryAcquireChunk(int atLeast) {
        try {
            return pool.tryAcquire(atLeast);
        } catch (MemoryRefusedException refused) {
            return null;
        }
    }

    /**
     * Acquires a chunk.
     *
     * @throws OutOfMemoryError with the figures, if the pool's limit leaves no room or the system refuses
     */
    static PooledBuffer acquireChunk(BufferPool pool, int atLeast) {
        try {
            return pool.acquire(atLeast);
        } catch (PoolExhaustedException | MemoryRefusedException e) {
            throw outOfMemory(e);
        }
    }

    private static OutOfMemoryError outOfMemory(RuntimeException cause) {
        OutOfMemoryError error = new OutOfMemoryError(cause.getMessage());
        error.initCause(cause);
        return error;
    }

    /**
     * Builds the buffer of an acquired chunk that has none. If it throws, the chunk is released.
     *
     * @throws IllegalStateException if somebody else attached something, or the pool has the wrong kind of memory
     * @throws OutOfMemoryError if the system refuses what the buffer needs
     */
    MagpoolByteBuf attachNew(PooledBuffer chunk) {
        try {
            refuseForeign(chunk.attachment());
            refuseWrongKind(chunk);
            MagpoolByteBuf buf = kind == Kind.HEAP
                    ? new MagpoolHeapByteBuf(this, chunk)
                    : new MagpoolDirectByteBuf(this, chunk);
            chunk.attach(buf);
            return buf;
        } catch (MemoryRefusedException refused) {
            chunk.release();
            throw outOfMemory(refused);
        } catch (RuntimeException | Error e) {
            chunk.release();
            throw e;
        }
    }

    /** Takes over a chunk that is at rest, whose release was refused. */
    void keepUnreturned(PooledBuffer chunk) {
        unreturned.add(chunk);
    }

    /** Tries once more to release what was refused; keeps what is refused again. */
    void releaseUnreturned() {
        PooledBuffer chunk;
        while ((chunk = unreturned.poll()) != null) {
            try {
                chunk.release();
            } catch (IllegalStateException | MemoryRefusedException again) {
                if (isKept(chunk)) {
                    unreturned.add(chunk);
                    return;
                }
            }
        }
    }

    /**
     * Tells after a release that threw whether the pool kept the chunk, by asking it: a chunk that went home all the
     * same, while the pool was closing, has no next owner who could answer in our place.
     */
    static boolean isKept(PooledBuffer chunk) {
        try {
            chunk.size();
            return true;
        } catch (BufferNotAcquiredException gone) {
            return false;
        }
    }

    private void refuseForeign(@Nullable Object attachment) {
        if (attachment != null) {
            throw new IllegalStateException("pool " + pool + " is used by somebody else who attaches "
                    + attachment.getClass().getName() + " to its buffers: give the allocator a pool of its own");
        }
    }

    private void refuseWrongKind(PooledBuffer chunk) {
        if (chunk.hasArray() != (kind == Kind.HEAP)) {
            throw new IllegalStateException("pool " + pool + " was given for buffers of kind " + kind
                    + (kind == Kind.HEAP ? ": its storage must be HEAP" : ": its storage must be OFF_HEAP"));
        }
    }
}
