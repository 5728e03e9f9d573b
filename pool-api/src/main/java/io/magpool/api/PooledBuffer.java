/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of off-heap memory, owned by whoever acquired it until {@link #release()}.
 *
 * <p>The object is recycled together with its memory: after the release it may be handed to somebody else, so a
 * reference must not be kept. Methods on a buffer that is not acquired throw {@link BufferNotAcquiredException}; a
 * reference kept beyond the release of a buffer that somebody else acquired meanwhile is not noticed. A buffer is not
 * thread-safe; handing it to another thread needs a happens-before edge, as for any object.
 */
public interface PooledBuffer extends AutoCloseable {

    /**
     * Returns the size that was asked for.
     *
     * @return bytes
     */
    long size();

    /**
     * Returns how far the memory really reaches: {@link #size()} or more.
     *
     * @return bytes
     */
    long capacity();

    /**
     * Returns the address of the first byte.
     *
     * @return an address, valid until the release or a reallocation
     * @throws IllegalStateException if the memory is a Java array
     */
    long address();

    /**
     * Tells whether the memory is a Java array.
     *
     * @return true if so
     */
    boolean hasArray();

    /**
     * Returns the Java array that is the memory: it begins with the buffer and has its capacity.
     *
     * @return the array, valid until the release
     * @throws IllegalStateException if the memory is off the heap
     */
    byte[] array();

    /**
     * Returns the memory, {@link #capacity()} bytes of it. Built at the first call and kept with the memory.
     *
     * @return a segment that any thread may access, valid until the release or a reallocation
     */
    MemorySegment segment();

    /**
     * Returns a view of the memory, the same object for each call until the release: its position is 0, its limit
     * {@link #size()}, its capacity {@link #capacity()} and its order big-endian when an owner first asks for it.
     *
     * @return a byte buffer, direct unless the memory is a Java array, valid until the release or a reallocation
     * @throws IllegalStateException if the buffer is larger than a {@code ByteBuffer} can be
     */
    ByteBuffer byteBuffer();

    /**
     * Changes the size and keeps the content up to the smaller of both sizes; what is beyond it is undefined. Up to 1 MiB
     * it stays in place where the memory has room; else the content moves to another buffer and this one is released. Above
     * 1 MiB the pages themselves are resized where the system can do that, and are given back where the buffer shrinks.
     *
     * <p>A size within the capacity is never refused for lack of room or memory, nor because the pool is closed. Segments,
     * byte buffers and addresses must be asked for again afterwards, whatever the outcome. An alignment that was asked for is
     * kept if the buffer is above 1 MiB before; a smaller one has what each buffer has, 64 bytes, if it must move.
     *
     * @param size the new size in bytes, 0 or more
     * @return the buffer that now holds the content, this one or another, owned by the caller
     * @throws IllegalArgumentException if the size is negative or larger than any buffer can be; nothing has changed
     * @throws PoolExhaustedException if the pool's limit leaves no room; nothing has changed
     * @throws MemoryRefusedException if the operating system refuses the memory; nothing has changed
     * @throws PoolClosedException if another buffer is needed and the pool is closed; nothing has changed
     */
    PooledBuffer reallocate(long size);

    /**
     * Returns what was attached to this memory, by this owner or by an earlier one.
     *
     * @return the object attached, or null
     */
    @Nullable Object attachment();

    /**
     * Attaches an object that lives as long as the memory does and is found again by each owner, such as a wrapper that
     * is dear to build. The pool may forget it while nobody owns the memory. There is one slot: a pool has at most one
     * user who attaches.
     *
     * @param wrapper the object, or null for none
     */
    void attach(@Nullable Object wrapper);

    /**
     * Gives the memory back to the pool. Any thread may do so, once.
     *
     * @throws BufferNotAcquiredException if it has been released already
     */
    void release();

    /** Does what {@link #release()} does, for use in a try-with-resources statement. */
    @Override
    default void close() {
        release();
    }
}
