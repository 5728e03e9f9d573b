/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
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
 * <p>Which race is fine: a thread that reads this buffer through a slice while another one changes its capacity may find
 * the new memory, or the old after it was released: then it reads what by now is somebody else's, or gets an exception
 * where that memory had a mapping of its own. All of Netty's buffers leave it to their users not to do this. A stale
 * reference to the other buffer finds a count of 0 before, during and after the swap.
 *
 * <h2>Leaks</h2>
 *
 * Netty's leak detector reports a buffer that became unreachable before it was released. The pool can reach each chunk,
 * and through the attachment its buffer, so nothing would ever be reported. A buffer that the detector watches is
 * therefore {@linkplain #detach detached} for this one life: its user alone has it. It is attached again when it is
 * released; if it never is, the detector gets its way, and the chunk is lost, as leaked memory is.
 */
final class MagpoolByteBuf extends CopyingByteBuf {

    private final MagpoolByteBufAllocator alloc;

    private PooledBuffer chunk;

    /** Whether the chunk does not know this buffer for the time being, because the leak detector watches it. */
    private boolean detached;

    /** Builds the buffer of an acquired chunk, at rest; the caller attaches it. */
    MagpoolByteBuf(MagpoolByteBufAllocator alloc, PooledBuffer chunk) {
        super(addressable(chunk.segment()), viewable(chunk));
        this.alloc = alloc;
        this.chunk = chunk;
    }

    /** A size near 2 GiB may have got a little more than an index can reach. */
    private static MemorySegment addressable(MemorySegment segment) {
        return segment.byteSize() <= Integer.MAX_VALUE ? segment : segment.asSlice(0, Integer.MAX_VALUE);
    }

    /**
     * A large buffer's segment can be closed, and parts of the JDK refuse views of those. Its byte buffer is of another
     * kind, which they accept; where the chunk is too large to have one, the segment must do.
     */
    private static MemorySegment viewable(PooledBuffer chunk) {
        MemorySegment segment = chunk.segment();
        if (segment.scope().equals(Arena.global().scope()) || segment.byteSize() > Integer.MAX_VALUE) {
            return addressable(segment);
        }
        ByteBuffer buffer = chunk.byteBuffer();
        return MemorySegment.ofBuffer(buffer).scope().equals(segment.scope())
                ? segment
                : MemorySegment.ofBuffer(buffer.duplicate().clear());
    }

    /** Begins a life: empty, without marks, with a count of 1. */
    void open(int capacity, int maxCapacity) {
        length = capacity;
        maxCapacity(maxCapacity);
        clear();
        markReaderIndex();
        markWriterIndex();
        revive();
    }

    /** Lets the chunk forget this buffer until the end of this life. */
    void detach() {
        chunk.attach(null);
        detached = true;
    }

    @Override
    void deallocate() {
        if (detached) {
            detached = false;
            chunk.attach(this);
        }
        chunk.release();
    }

    /** A pool that follows this chunk's acquisitions knows who released it, and says so when it is asked for anything. */
    @Override
    void explain(IllegalReferenceCountException refused) {
        try {
            chunk.size();
        } catch (BufferNotAcquiredException released) {
            if (released.getCause() != null) {
                refused.initCause(released);
            }
        }
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        checkNewCapacity(newCapacity);
        if (newCapacity <= room()) {
            trimIndicesToCapacity(newCapacity);
        } else {
            move(newCapacity);
        }
        length = newCapacity;
        return this;
    }

    private void move(int newCapacity) {
        MagpoolByteBuf roomier = alloc.acquire(newCapacity);
        MemorySegment.copy(memory, 0, roomier.memory, 0, length);
        swapChunks(roomier);
        roomier.chunk.release();
    }

    private void swapChunks(MagpoolByteBuf other) {
        PooledBuffer itsChunk = other.chunk;
        MemorySegment itsMemory = other.memory;
        MemorySegment itsViewable = other.viewable;
        ByteBuffer itsView = other.view;
        other.hold(chunk, memory, viewable, view);
        hold(itsChunk, itsMemory, itsViewable, itsView);
    }

    private void hold(PooledBuffer newChunk, MemorySegment newMemory, MemorySegment newViewable,
            @Nullable ByteBuffer newView) {
        chunk = newChunk;
        memory = newMemory;
        base = newMemory.address();
        viewable = newViewable;
        view = newView;
        newChunk.attach(detached ? null : this);
    }

    @Override
    public ByteBufAllocator alloc() {
        return alloc;
    }

    @Override
    public @Nullable ByteBuf unwrap() {
        return null;
    }
}
