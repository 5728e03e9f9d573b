/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.BufferPool;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.internal.PlatformDependent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Allocates Netty's buffers from a {@link BufferPool}.
 *
 * {@snippet :
 * MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.shared();
 * new ServerBootstrap()
 *         .option(ChannelOption.ALLOCATOR, allocator)
 *         .childOption(ChannelOption.ALLOCATOR, allocator);
 * }
 *
 * <p><b>Which buffers.</b> Direct buffers of all sizes come from the pool. Heap buffers are ordinary arrays, not pooled.
 * {@link #buffer()} and {@link #ioBuffer()} give direct buffers, also where Netty itself would fall back to the heap
 * because it cannot free direct memory reliably: the pool can. {@code -Dio.netty.noPreferDirect=true} turns
 * {@link #buffer()} to the heap, as with Netty's own allocators.
 *
 * <p><b>Limit.</b> The pool's own limit, {@link PoolConfig#maxBytes()}, bounds direct buffers; the memory does not count
 * against {@code io.netty.maxDirectMemory}. At the limit, and when the operating system refuses memory, allocating or
 * growing a buffer throws an {@link OutOfMemoryError} with the figures, caused by {@link PoolExhaustedException} or
 * {@link MemoryRefusedException}. The buffer, the pool and this allocator can be used on. When the pool is closed it
 * throws {@link io.magpool.api.PoolClosedException}.
 *
 * <p><b>Ownership.</b> A buffer belongs to the caller until its reference count falls to 0, which may happen on any
 * thread. The object is recycled with its memory, so a reference must not be kept beyond that.
 *
 * <p><b>Threads.</b> All methods may be called on any thread, also on virtual threads.
 */
public final class MagpoolByteBufAllocator extends AbstractByteBufAllocator
        implements ByteBufAllocatorMetricProvider, AutoCloseable {

    /** Who closes the pool. */
    private enum PoolOwner {
        ALLOCATOR,
        CALLER,
        NOBODY
    }

    private final BufferPool pool;
    private final PoolOwner owner;
    private final boolean directByDefault;
    private final Usage usage;

    /**
     * Builds an allocator on a pool that remains the caller's: {@link #close()} leaves it open.
     *
     * @param pool the pool; nobody else may {@linkplain PooledBuffer#attach attach} anything to its buffers
     * @throws IllegalStateException if the pool has an allocator already
     */
    public MagpoolByteBufAllocator(BufferPool pool) {
        this(pool, PoolOwner.CALLER, !PlatformDependent.isExplicitNoPreferDirect());
    }

    /** For tests, which want both preferences in one process. */
    MagpoolByteBufAllocator(BufferPool pool, boolean preferDirect) {
        this(pool, PoolOwner.CALLER, preferDirect);
    }

    private MagpoolByteBufAllocator(BufferPool pool, PoolOwner owner) {
        this(pool, owner, !PlatformDependent.isExplicitNoPreferDirect());
    }

    private MagpoolByteBufAllocator(BufferPool pool, PoolOwner owner, boolean preferDirect) {
        super(preferDirect);
        this.pool = Objects.requireNonNull(pool, "pool");
        this.owner = owner;
        this.directByDefault = preferDirect;
        this.usage = new Usage(pool);
        TakenPools.take(pool);
    }

    /**
     * Creates an allocator on a pool of its own with default settings.
     *
     * @return a new allocator, owned by the caller, who closes it
     * @throws IllegalStateException if no implementation of the pool is present
     * @throws MemoryRefusedException if the operating system refuses what the pool needs to start
     */
    public static MagpoolByteBufAllocator create() {
        return create(PoolConfig.defaults());
    }

    /**
     * Creates an allocator on a pool of its own.
     *
     * @param config the pool's settings
     * @return a new allocator, owned by the caller, who closes it
     * @throws IllegalStateException if no implementation of the pool is present
     * @throws MemoryRefusedException if the operating system refuses what the pool needs to start
     */
    public static MagpoolByteBufAllocator create(PoolConfig config) {
        return new MagpoolByteBufAllocator(BufferPool.create(config), PoolOwner.ALLOCATOR);
    }

    /**
     * Returns the allocator that all parts of a process can share. It is created at the first call, on a pool of its own
     * named {@code netty-shared}, and cannot be closed.
     *
     * @return the same allocator at each call
     * @throws IllegalStateException if no implementation of the pool is present
     * @throws MemoryRefusedException if the operating system refuses what the pool needs to start; a later call tries
     *         again
     */
    public static MagpoolByteBufAllocator shared() {
        return Shared.get();
    }

    /**
     * Returns the pool behind the direct buffers, for its statistics.
     *
     * @return the pool
     */
    public BufferPool pool() {
        return pool;
    }

    /**
     * Returns how much memory this allocator has: for direct buffers what the pool holds of the operating system, in use
     * or not, {@link io.magpool.api.PoolStatistics#chargedBytes()}; for heap buffers the arrays in use.
     *
     * @return live figures in bytes; reading the direct one walks the pool
     */
    @Override
    public ByteBufAllocatorMetric metric() {
        return usage;
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    /**
     * Closes the pool if this allocator created it, as {@link BufferPool#close()} does; leaves it alone if not.
     * Idempotent.
     *
     * @throws UnsupportedOperationException if this is the {@linkplain #shared() shared} allocator
     * @throws IllegalStateException if buffers are still in use; its message says how many, and of which sizes. The pool
     *         is closed all the same.
     */
    @Override
    public void close() {
        switch (owner) {
            case ALLOCATOR -> pool.close();
            case CALLER -> {}
            case NOBODY -> throw new UnsupportedOperationException(
                    "the shared allocator lives as long as the process: close one from create() instead");
        }
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        MagpoolByteBuf buf = acquire(initialCapacity);
        buf.open(initialCapacity, maxCapacity);
        ByteBuf watched = toLeakAwareBuffer(buf);
        if (!(watched instanceof MagpoolByteBuf)) {
            buf.detach();
        }
        return watched;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return toLeakAwareBuffer(new HeapByteBuf(this, initialCapacity, maxCapacity));
    }

    /** Acquires a chunk and returns its buffer, at rest. */
    MagpoolByteBuf acquire(int atLeast) {
        PooledBuffer chunk = acquireChunk(atLeast);
        return chunk.attachment() instanceof MagpoolByteBuf buf ? buf : attachNew(chunk);
    }

    Usage usage() {
        return usage;
    }

    private PooledBuffer acquireChunk(int atLeast) {
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

    private MagpoolByteBuf attachNew(PooledBuffer chunk) {
        try {
            refuseForeign(chunk.attachment());
            MagpoolByteBuf buf = new MagpoolByteBuf(this, chunk);
            chunk.attach(buf);
            return buf;
        } catch (RuntimeException | Error e) {
            chunk.release();
            throw e;
        }
    }

    private void refuseForeign(@Nullable Object attachment) {
        if (attachment != null) {
            throw new IllegalStateException("pool " + pool + " is used by somebody else who attaches "
                    + attachment.getClass().getName() + " to its buffers: give the allocator a pool of its own");
        }
    }

    // What follows asks directByDefault where Netty's base class asks whether Netty itself could free direct memory.

    @Override
    public ByteBuf buffer() {
        return directByDefault ? directBuffer() : heapBuffer();
    }

    @Override
    public ByteBuf buffer(int initialCapacity) {
        return directByDefault ? directBuffer(initialCapacity) : heapBuffer(initialCapacity);
    }

    @Override
    public ByteBuf buffer(int initialCapacity, int maxCapacity) {
        return directByDefault ? directBuffer(initialCapacity, maxCapacity) : heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public CompositeByteBuf compositeBuffer() {
        return directByDefault ? compositeDirectBuffer() : compositeHeapBuffer();
    }

    @Override
    public CompositeByteBuf compositeBuffer(int maxNumComponents) {
        return directByDefault ? compositeDirectBuffer(maxNumComponents) : compositeHeapBuffer(maxNumComponents);
    }

    @Override
    public String toString() {
        return "MagpoolByteBufAllocator(directByDefault: " + directByDefault + ", pool: " + pool + ')';
    }

    /** The allocator of the process. Locked rather than built by a class initialiser, which fails for good if it fails. */
    private static final class Shared {

        private static volatile @Nullable MagpoolByteBufAllocator instance;

        private Shared() {}

        static MagpoolByteBufAllocator get() {
            MagpoolByteBufAllocator present = instance;
            return present != null ? present : getOrCreate();
        }

        private static synchronized MagpoolByteBufAllocator getOrCreate() {
            MagpoolByteBufAllocator present = instance;
            if (present == null) {
                PoolConfig config = PoolConfig.builder().name("netty-shared").build();
                present = new MagpoolByteBufAllocator(BufferPool.create(config), PoolOwner.NOBODY);
                instance = present;
            }
            return present;
        }
    }
}
