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
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.CompositeByteBuf;
import java.util.Optional;
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
 * <p><b>Which buffers.</b> Direct buffers of all sizes come from one pool, heap buffers of all sizes from another, whose
 * storage is {@link PoolConfig.Storage#HEAP}. {@link #buffer()} and {@link #ioBuffer()} give direct buffers, also where
 * Netty itself would fall back to the heap because it cannot free direct memory reliably: the pool can.
 * {@code -Dio.netty.noPreferDirect=true} turns {@link #buffer()} to the heap, as with Netty's own allocators, and so does
 * {@link MagpoolByteBufAllocatorBuilder#preferDirect}.
 *
 * <p><b>Limit.</b> Each pool's own limit, {@link PoolConfig#maxBytes()}, bounds the buffers of its kind; the memory does
 * not count against {@code io.netty.maxDirectMemory}. At the limit, and when the operating system refuses memory,
 * allocating or growing a buffer throws an {@link OutOfMemoryError} that names what was asked for, the limit and what is
 * charged, acquired and cached, caused by {@link PoolExhaustedException} or {@link MemoryRefusedException}. The buffer, the
 * pool and this allocator can be used on. {@link MagpoolByteBufAllocatorBuilder#heapFallback} hands out heap buffers
 * instead. When the pool is closed it throws {@link io.magpool.api.PoolClosedException}.
 *
 * <p><b>Ownership.</b> A buffer belongs to the caller until its reference count falls to 0, which may happen on any
 * thread. The object is recycled with its memory, so a reference must not be kept beyond that.
 *
 * <p><b>Threads.</b> All methods may be called on any thread, also on virtual threads.
 */
public final class MagpoolByteBufAllocator extends AbstractByteBufAllocator
        implements ByteBufAllocatorMetricProvider, AutoCloseable {

    private static final int INITIAL_CAPACITY = 256; // as in all of Netty's allocators

    private final AllocatorPools pools;
    private final BufferSource direct;

    /** Stands beside its source, not behind it: on the way to a buffer each reference is a load that the next one waits for. */
    private final BufferPool directPool;

    /** That of heap buffers, once there are any: then its source is there too, for good. */
    private volatile @Nullable BufferPool heapPool;

    private final HeapFallback fallback;
    private final boolean directByDefault;
    private final boolean closeable;
    private final MagpoolByteBufAllocatorMetric metric;

    /**
     * Builds an allocator whose direct buffers come from a pool that remains the caller's: {@link #close()} leaves it open.
     * A pool for heap buffers is created when the first of them is asked for.
     *
     * @param directPool the pool, of {@link PoolConfig.Storage#OFF_HEAP}; nobody else may
     *        {@linkplain PooledBuffer#attach attach} anything to its buffers
     * @throws IllegalStateException if the pool has an allocator already
     */
    public MagpoolByteBufAllocator(BufferPool directPool) {
        this(builder().directPool(directPool), true);
    }

    /**
     * Builds an allocator on two pools that remain the caller's: {@link #close()} leaves them open.
     *
     * @param directPool the pool for direct buffers, of {@link PoolConfig.Storage#OFF_HEAP}; nobody else may
     *        {@linkplain PooledBuffer#attach attach} anything to its buffers
     * @param heapPool the pool for heap buffers, of {@link PoolConfig.Storage#HEAP}, to which the same applies
     * @throws IllegalArgumentException if both are the same
     * @throws IllegalStateException if a pool has an allocator already
     */
    public MagpoolByteBufAllocator(BufferPool directPool, BufferPool heapPool) {
        this(builder().directPool(directPool).heapPool(heapPool), true);
    }

    MagpoolByteBufAllocator(MagpoolByteBufAllocatorBuilder built, boolean closeable) {
        super(built.preferDirect);
        this.pools = new AllocatorPools(this, built);
        this.direct = pools.direct();
        this.directPool = direct.pool;
        this.fallback = new HeapFallback(built.heapFallback);
        this.directByDefault = built.preferDirect;
        this.closeable = closeable;
        this.metric = new MagpoolByteBufAllocatorMetric(pools, fallback);
    }

    /**
     * Starts an allocator with everything left open: pools of its own, direct buffers preferred, no fallback to the heap.
     *
     * @return a new builder
     */
    public static MagpoolByteBufAllocatorBuilder builder() {
        return new MagpoolByteBufAllocatorBuilder();
    }

    /**
     * Creates an allocator on pools of its own with default settings.
     *
     * @return a new allocator, owned by the caller, who closes it
     * @throws IllegalStateException if no implementation of the pool is present
     * @throws MemoryRefusedException if the operating system refuses what the pool needs to start
     */
    public static MagpoolByteBufAllocator create() {
        return builder().build();
    }

    /**
     * Creates an allocator on pools of its own.
     *
     * @param config the settings of the pool for direct buffers
     * @return a new allocator, owned by the caller, who closes it
     * @throws IllegalArgumentException if the storage is not {@link PoolConfig.Storage#OFF_HEAP}
     * @throws IllegalStateException if no implementation of the pool is present
     * @throws MemoryRefusedException if the operating system refuses what the pool needs to start
     */
    public static MagpoolByteBufAllocator create(PoolConfig config) {
        return builder().directPool(config).build();
    }

    /**
     * Returns the allocator that all parts of a process can share. It is created at the first call, on pools of its own
     * named {@code netty-shared} and {@code netty-shared-heap}, and cannot be closed.
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
        return pools.direct().pool;
    }

    /**
     * Returns the pool behind the heap buffers, for its statistics.
     *
     * @return the pool; empty if the allocator is to create it and no heap buffer was asked for yet
     */
    public Optional<BufferPool> heapPool() {
        return Optional.ofNullable(pools.heapIfPresent());
    }

    /**
     * Returns how much memory this allocator has: for each kind of buffer what its pool charges against its limit, in use or
     * ready for use, {@link io.magpool.api.PoolStatistics#chargedBytes()}.
     *
     * @return live figures; reading one walks the pool
     */
    @Override
    public MagpoolByteBufAllocatorMetric metric() {
        return metric;
    }

    /**
     * Describes what both pools hold, in some lines of text for people, down to the sizes of chunks. Walks the pools.
     *
     * @return the text; its form may change
     */
    public String dumpStats() {
        String heap = heapPool().map(BufferPool::statistics).map(PoolText::of).orElse("");
        return this + System.lineSeparator() + PoolText.of(pool().statistics()) + heap;
    }

    /**
     * Gives up what the calling thread has cached of both pools, so that other threads may use it. Useful before a thread
     * falls idle for long. On a virtual thread there is nothing to give up.
     *
     * @throws io.magpool.api.PoolClosedException if a pool is closed
     */
    public void trimCurrentThreadCache() {
        pools.trimCurrentThread();
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    /**
     * Closes the pools that this allocator created, as {@link BufferPool#close()} does; leaves those alone that it was
     * given. Idempotent.
     *
     * @throws UnsupportedOperationException if this is the {@linkplain #shared() shared} allocator
     * @throws IllegalStateException if buffers are still in use; its message says how many, and of which sizes. The pools
     *         are closed all the same.
     */
    @Override
    public void close() {
        if (!closeable) {
            throw new UnsupportedOperationException(
                    "the shared allocator lives as long as the process: close one from create() instead");
        }
        pools.close();
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        PooledBuffer chunk = BufferSource.acquireChunk(directPool, initialCapacity);
        MagpoolByteBuf buf = BufferSource.bufferOf(chunk);
        return opened(buf != null ? buf : direct.attachNew(chunk), initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        BufferPool pool = heapPool;
        if (pool == null) {
            return opened(createHeap().acquire(initialCapacity), initialCapacity, maxCapacity);
        }
        PooledBuffer chunk = BufferSource.acquireChunk(pool, initialCapacity);
        MagpoolByteBuf buf = BufferSource.bufferOf(chunk);
        return opened(buf != null ? buf : pools.heap().attachNew(chunk), initialCapacity, maxCapacity);
    }

    /** May run more than once: each time with the same outcome. */
    private BufferSource createHeap() {
        BufferSource source = pools.heap();
        heapPool = source.pool;
        return source;
    }

    private static ByteBuf opened(MagpoolByteBuf buf, int initialCapacity, int maxCapacity) {
        buf.open(initialCapacity, maxCapacity);
        ByteBuf watched = toLeakAwareBuffer(buf);
        if (!(watched instanceof MagpoolByteBuf)) {
            buf.detach();
        }
        return watched;
    }

    /** A direct buffer, or a heap buffer where that is allowed and there is no memory for a direct one. */
    private ByteBuf directOrFallback(int initialCapacity, int maxCapacity) {
        boolean ordinary = initialCapacity >= 0 && initialCapacity <= maxCapacity && maxCapacity > 0;
        if (!fallback.isAllowed() || !ordinary) {
            return directBuffer(initialCapacity, maxCapacity);
        }
        BufferSource direct = pools.direct();
        MagpoolByteBuf buf = direct.tryAcquire(initialCapacity);
        if (buf == null) {
            fallback.happened(direct, initialCapacity);
            return heapBuffer(initialCapacity, maxCapacity);
        }
        return opened(buf, initialCapacity, maxCapacity);
    }

    // What follows asks directByDefault where Netty's base class asks whether Netty itself could free direct memory.

    @Override
    public ByteBuf buffer() {
        return buffer(INITIAL_CAPACITY);
    }

    @Override
    public ByteBuf buffer(int initialCapacity) {
        return buffer(initialCapacity, Integer.MAX_VALUE);
    }

    @Override
    public ByteBuf buffer(int initialCapacity, int maxCapacity) {
        return directByDefault
                ? directOrFallback(initialCapacity, maxCapacity)
                : heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public ByteBuf ioBuffer() {
        return ioBuffer(INITIAL_CAPACITY);
    }

    @Override
    public ByteBuf ioBuffer(int initialCapacity) {
        return ioBuffer(initialCapacity, Integer.MAX_VALUE);
    }

    @Override
    public ByteBuf ioBuffer(int initialCapacity, int maxCapacity) {
        return directOrFallback(initialCapacity, maxCapacity);
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
        return "MagpoolByteBufAllocator(" + pools + ", directByDefault: " + directByDefault + ", heapFallback: "
                + fallback.isAllowed() + ')';
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
                present = new MagpoolByteBufAllocator(builder().directPool(config), false);
                instance = present;
            }
            return present;
        }
    }
}
