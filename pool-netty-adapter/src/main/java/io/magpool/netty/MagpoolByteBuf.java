/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ByteBuf} of a chunk. It is built once for each chunk and recycled with it.
 *
 * <h2>Who owns what</h2>
 *
 * Each buffer has one chunk, and the chunk knows its buffer through its attachment:
 *
 * <pre>
 *            chunk (plain field)
 *   MagpoolByteBuf ⇄ PooledBuffer
 *            attachment()
 * </pre>
 *
 * While the chunk lies in the pool the buffer is at rest, with a count of 0: it belongs to the chunk, and nobody but a
 * stale reference has it. Who acquires the chunk thereby owns the buffer too, sets it up with plain writes and
 * {@linkplain #open opens} it. Who drops the last reference puts it to rest by releasing the chunk; nothing of the buffer
 * is touched after that, for it may already be somebody else's. All fields but the count are therefore written by one
 * thread at a time, and pass from one owner to the next by the edges that the pool makes between release and acquire,
 * and among the owners of one life by the count.
 *
 * <h2>Growth</h2>
 *
 * A user keeps the reference to a buffer while its capacity changes, so the buffer must stay and its chunk must change.
 * The chunk that has more room brought a buffer of its own, which is at rest. The two buffers swap chunks, and what
 * belongs to the chunks: memory, views, attachment. Then the outgrown chunk is released, and takes the other buffer with
 * it. Nothing is thrown away and nothing is built.
 *
 * <p>The order matters. Whatever can fail comes first: acquiring the chunk and building its buffer, when it has none
 * yet. Until the swap nothing of this buffer has changed. And the outgrown chunk is released last, when its attachment
 * is right: from then on any thread may find it.
 *
 * <p>Which race is left to the user: a thread that reads or writes this buffer, through a slice say, while another one
 * changes its capacity or releases it, may find the old memory after it was released. A number then goes to whatever is
 * there by now: somebody else's content, or for a direct buffer with a mapping of its own, which is unmapped at once, to
 * no memory at all, which can end the process. With native access nothing stands between a number and its memory; what a
 * stale access does there is undefined, as in Netty's own buffers, which leave it to their users in the same way. A stale
 * reference to the other buffer finds a count of 0 before, during and after the swap.
 *
 * <h2>A release that is refused</h2>
 *
 * Memory that is a mapping of its own cannot be given back while a channel is at work on it, and the system may refuse to
 * take it. Then the pool throws and the chunk stays acquired; the buffer is alive again, with a count of 1, and whoever
 * released it gets the exception and can release it once more. A buffer that was to grow has its old chunk and capacity
 * again, and whoever wanted more gets the exception. If the roomier chunk is refused as well, nobody has it: the source keeps it,
 * and releases it before the next buffer moves, or when the allocator is closed.
 *
 * <h2>Leaks</h2>
 *
 * Netty's leak detector reports a buffer that became unreachable before it was released. The pool can reach each chunk,
 * and through the attachment its buffer, so nothing would ever be reported. A buffer that the detector watches is
 * therefore {@linkplain #detach detached} for this one life: its user alone has it. It is attached again when it is
 * released; if it never is, the detector gets its way, and the chunk is lost, as leaked memory is.
 */
abstract class MagpoolByteBuf extends CheckedAccessByteBuf {

    /** The pool; its twin while the leak detector watches this buffer and the chunk does not know it. */
    private BufferSource source;

    private PooledBuffer chunk;

    /** All memory there is, at most {@code Integer.MAX_VALUE} bytes; changes when the buffer moves. */
    MemorySegment memory;

    /** The view behind {@link #internalNioBuffer}, of all the memory; belongs to the chunk's memory. */
    @Nullable ByteBuffer view;

    /** Builds the buffer of an acquired chunk, at rest; the caller attaches it. */
    MagpoolByteBuf(BufferSource source, PooledBuffer chunk, MemorySegment memory, @Nullable ByteBuffer view) {
        this.source = source;
        this.chunk = chunk;
        this.memory = memory;
        this.view = view;
    }

    /** Exchanges what a kind of buffer knows of its memory beyond the segment with another buffer of the same kind. */
    abstract void swapBase(MagpoolByteBuf other);

    /** Begins a life: empty, without marks, with a count of 1. */
    final void open(int capacity, int maxCapacity) {
        length = capacity;
        maxCapacity(maxCapacity);
        clear();
        markReaderIndex();
        markWriterIndex();
        revive();
        BufferEvents.allocated(this);
    }

    /** Lets the chunk forget this buffer until the end of this life. */
    final void detach() {
        chunk.attach(null);
        source = source.twin();
    }

    private void attach() {
        source = source.twin();
        chunk.attach(this);
    }

    @Override
    final void deallocate() {
        BufferEvents.freed(this);
        boolean watched = source.isForWatched;
        if (watched) {
            attach();
        }
        try {
            chunk.release();
        } catch (IllegalStateException | MemoryRefusedException refused) {
            liveOnIfKept(watched);
            throw refused;
        }
    }

    private void liveOnIfKept(boolean watched) {
        if (isKept()) {
            if (watched) {
                detach();
            }
            revive();
        }
    }

    private boolean isKept() {
        return BufferSource.isKept(chunk);
    }

    /** How far the capacity can grow in place, in bytes. */
    final int room() {
        return (int) memory.byteSize();
    }

    /** A pool that follows this chunk's acquisitions knows who released it, and says so when it is asked for anything. */
    @Override
    final void explain(IllegalReferenceCountException refused) {
        try {
            chunk.size();
        } catch (BufferNotAcquiredException released) {
            if (released.getCause() != null) {
                refused.initCause(released);
            }
        }
    }

    @Override
    public final int capacity() {
        return length;
    }

    @Override
    public final int maxFastWritableBytes() {
        return Math.min(room(), maxCapacity()) - writerIndex();
    }

    @Override
    public final ByteBuf capacity(int newCapacity) {
        checkNewCapacity(newCapacity);
        if (newCapacity <= room()) {
            trimIndicesToCapacity(newCapacity);
        } else {
            BufferEvents.reallocated(this, newCapacity);
            move(newCapacity);
        }
        length = newCapacity;
        return this;
    }

    private void move(int newCapacity) {
        source.releaseUnreturned();
        MagpoolByteBuf roomier = source.acquire(newCapacity);
        MemorySegment.copy(memory, 0, roomier.memory, 0, length);
        swapChunks(roomier);
        try {
            roomier.chunk.release();
        } catch (IllegalStateException | MemoryRefusedException refused) {
            moveBackIfKept(roomier, refused);
            throw refused;
        }
    }

    private void moveBackIfKept(MagpoolByteBuf outgrown, RuntimeException refused) {
        if (outgrown.isKept()) {
            swapChunks(outgrown);
            try {
                outgrown.chunk.release();
            } catch (IllegalStateException | MemoryRefusedException again) {
                source.keepUnreturned(outgrown.chunk);
                refused.addSuppressed(again);
            }
        }
    }

    private void swapChunks(MagpoolByteBuf other) {
        PooledBuffer itsChunk = other.chunk;
        MemorySegment itsMemory = other.memory;
        ByteBuffer itsView = other.view;
        swapBase(other);
        other.hold(chunk, memory, view);
        hold(itsChunk, itsMemory, itsView);
    }

    private void hold(PooledBuffer newChunk, MemorySegment newMemory, @Nullable ByteBuffer newView) {
        chunk = newChunk;
        memory = newMemory;
        view = newView;
        newChunk.attach(source.isForWatched ? null : this);
    }

    @Override
    public final ByteBufAllocator alloc() {
        return source.alloc;
    }

    @Override
    public final @Nullable ByteBuf unwrap() {
        return null;
    }

    @Override
    @SuppressWarnings("deprecation") // by Netty, which still asks for it
    public final ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public final boolean isContiguous() {
        return true;
    }
}
