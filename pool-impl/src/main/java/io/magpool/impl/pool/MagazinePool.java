/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.CloseReport;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.arena.ArenaCount;
import io.magpool.impl.arena.Arenas;
import io.magpool.impl.arena.ClosedArenasException;
import io.magpool.impl.arena.Reclaim;
import io.magpool.impl.checked.Withheld;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.PairLayout;
import io.magpool.impl.magazine.Stripes;
import io.magpool.impl.magazine.ThreadCache;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The pool: the fast path through a thread's own magazines, and where it leads when these are empty or full.
 *
 * <p>The fast path asks for nothing but the thread's cache. That the pool is closed, that somebody waits for memory, or that
 * the cache is being revoked: each is told by the guard of the cache, which the fast path asks anyway.
 *
 * <p>Virtual threads own nothing: they share stripes of magazines.
 */
final class MagazinePool implements BufferPool {

    private static final long MAX_SIZE = 1L << 46; // half of what a process can address on x86-64

    private final PoolConfig config;
    private final Platform platform;
    private final Charge charge;
    private final ChunkTable chunks = new ChunkTable();
    private final Arenas arenas;
    private final CacheRegistry caches;
    private final Reclaim reclaim;
    private final Supply supply;
    private final Waiters waiters;
    private final LargeBuffers large;
    private final LongAdder refusals = new LongAdder();
    private final Withheld withheld;
    private final PairLayout layout;
    private final LocalCaches locals = new LocalCaches();
    private final LocalCache nobody; // stands for virtual threads in the handles of chunks
    private volatile boolean closed;
    private volatile Runnable afterClose = () -> {};

    MagazinePool(PoolConfig config, Platform platform) {
        this(config, platform, new Withheld());
    }

    MagazinePool(PoolConfig config, Platform platform, Withheld withheld) {
        this.config = config;
        this.withheld = withheld;
        this.platform = platform;
        this.charge = new Charge(
                config.maxBytes() == PoolConfig.AUTO ? DefaultLimit.bytes(config.storage()) : config.maxBytes());
        int count = config.arenas() == PoolConfig.AUTO ? chooseArenas(platform.memory()) : config.arenas();
        this.arenas = new Arenas(
                count, config.magazineBytes(), platform, charge, chunks);
        this.layout = arenas.layout();
        this.caches = new CacheRegistry(platform.barrier());
        this.nobody = new LocalCache(this, null, new PairLayout(new int[SizeClasses.COUNT]), 0, true);
        this.reclaim = new Reclaim(arenas, caches);
        this.supply = new Supply(arenas, reclaim, buildStripes(config, platform));
        this.waiters = new Waiters(caches);
        this.large = new LargeBuffers(this, platform.memory(), charge);
    }

    private Stripes buildStripes(PoolConfig config, Platform platform) {
        int count = Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1);
        return new Stripes(
                count, platform.cores(), layout, config.threadCacheBytes(), isFenced(config), this::admit);
    }

    private int chooseArenas(Memory memory) {
        return ArenaCount.choose(
                Runtime.getRuntime().availableProcessors(), charge.limit(), memory.grainBytes(SizeClasses.MAX_BYTES));
    }

    @Override
    public PooledBuffer acquire(long atLeast) {
        PooledBuffer chunk = acquireFast(atLeast);
        if (chunk == null) {
            chunk = acquireSlowly(atLeast, 1);
        }
        if (chunk == null) {
            throw exhausted(atLeast);
        }
        return chunk;
    }

    @Override
    public @Nullable PooledBuffer tryAcquire(long atLeast) {
        PooledBuffer chunk = acquireFast(atLeast);
        return chunk != null ? chunk : acquireSlowly(atLeast, 1);
    }

    private @Nullable Chunk acquireFast(long atLeast) {
        if (Long.compareUnsigned(atLeast, SizeClasses.MAX_BYTES) > 0) {
            return null;
        }
        LocalCache local = locals.find();
        if (local == null) {
            return acquireFromStripe((int) atLeast);
        }
        int number = local.acquire(layout.slot(SizeClasses.indexFor((int) atLeast)));
        return number < 0 ? null : handle(number, local, (int) atLeast);
    }

    private @Nullable Chunk acquireFromStripe(int atLeast) {
        int number = Thread.currentThread().isVirtual()
                ? supply.takeFromStripe(SizeClasses.indexFor(atLeast))
                : ChunkNumber.NONE;
        return number < 0 ? null : handle(number, nobody, atLeast);
    }

    private Chunk handle(int number, LocalCache owner, int size) {
        Chunk chunk = chunks.get(number);
        return chunk != null ? chunk.acquiredBy(owner, size) : buildHandle(number, owner, size);
    }

    private Chunk buildHandle(int number, LocalCache owner, int size) {
        Slab slab = arenas.slab(number);
        boolean built = false;
        try {
            Chunk chunk = new Chunk(number, slab.sizeClass(), layout.slot(slab.sizeClass()), owner);
            chunk.acquiredBy(owner, size);
            if (slab.wasZeros()) {
                chunk.markZeros();
            }
            chunks.put(number, chunk);
            built = true;
            return chunk;
        } finally {
            if (!built) {
                releaseSlowly(slab.sizeClass(), number);
            }
        }
    }

    /** Returns null if the limit leaves no room. */
    private @Nullable PooledBuffer acquireSlowly(long atLeast, long alignment) {
        PooledBuffer buffer = acquireIfRoom(atLeast, alignment);
        if (buffer == null) {
            refusals.increment();
        }
        return buffer;
    }

    private @Nullable PooledBuffer acquireIfRoom(long atLeast, long alignment) {
        if (atLeast < 0 || atLeast > MAX_SIZE) {
            throw new IllegalArgumentException("size is " + atLeast + ": must be from 0 to " + MAX_SIZE);
        }
        if (alignment > 1 && config.storage() == PoolConfig.Storage.HEAP) {
            throw new IllegalArgumentException("alignment is " + alignment + ": Java arrays have none to offer");
        }
        checkOpen();
        PooledBuffer buffer;
        try {
            int sizeClass = sizeClass(atLeast, alignment);
            buffer = sizeClass == SizeClasses.COUNT
                    ? acquireLarge(atLeast, alignment)
                    : acquireChunk(sizeClass, (int) atLeast);
        } catch (ClosedArenasException closedMeanwhile) {
            throw closed();
        }
        if (closed && buffer != null) {
            buffer.release();
            throw closed();
        }
        return buffer;
    }

    private int sizeClass(long atLeast, long alignment) {
        return atLeast <= SizeClasses.MAX_BYTES && alignment <= platform.memory().slabAlignment()
                ? SizeClasses.indexFor((int) atLeast, alignment)
                : SizeClasses.COUNT;
    }

    private @Nullable PooledBuffer acquireLarge(long atLeast, long alignment) {
        if (atLeast > charge.limit()) {
            return null;
        }
        PooledBuffer buffer = large.acquire(atLeast, alignment);
        return buffer != null ? buffer : reclaim.retry(() -> large.acquire(atLeast, alignment));
    }

    private @Nullable PooledBuffer acquireChunk(int sizeClass, int size) {
        LocalCache local = localOfThisThread();
        int number = supply.take(local, sizeClass);
        return number < 0 ? null : handle(number, local == null ? nobody : local, size);
    }

    /** Returns null for virtual threads. */
    private @Nullable LocalCache localOfThisThread() {
        LocalCache local = locals.find();
        return local != null || Thread.currentThread().isVirtual() ? local : admitThisThread();
    }

    private LocalCache admitThisThread() {
        caches.reapDead(arenas::put);
        LocalCache cache = newCache();
        admit(cache);
        locals.add(cache);
        return cache;
    }

    private LocalCache newCache() {
        return new LocalCache(this, Thread.currentThread(), layout, config.threadCacheBytes(), isFenced(config));
    }

    private static boolean isFenced(PoolConfig config) {
        return config.guard() == PoolConfig.GuardMode.FENCED;
    }

    private void admit(ThreadCache cache) {
        caches.register(cache);
        waiters.admit(cache);
        if (closed) {
            caches.closeAll(arenas::put);
        }
    }

    /** Called by a chunk that is no longer its owner's, when the owner's own magazines cannot take it. */
    void releaseSlowly(int sizeClass, int number) {
        if (closed) {
            supply.putHome(number);
        } else {
            supply.put(localOfThisThread(), sizeClass, number);
        }
        afterRelease();
    }

    /** After memory was made available beyond the thread's own magazines. */
    void afterRelease() {
        if (closed) {
            caches.reapDead(arenas::put);
        }
        waiters.signal();
    }

    @Override
    public PooledBuffer acquire(BufferRequest request) throws InterruptedException {
        long size = request.size();
        PooledBuffer buffer = request.alignment() <= Math.min(SizeClasses.QUANTUM, platform.memory().slabAlignment())
                ? acquireFast(size) : null;
        if (buffer == null) {
            buffer = acquireIfRoom(size, request.alignment());
        }
        if (buffer == null && !request.patience().isZero() && size <= charge.limit()) {
            long nanos = TimeUnit.NANOSECONDS.convert(request.patience());
            buffer = waiters.await(() -> acquireIfRoom(size, request.alignment()), nanos);
        }
        if (buffer == null) {
            refusals.increment();
            throw exhausted(size);
        }
        if (request.isZeroed() && !(buffer instanceof Chunk chunk && chunk.isZeros())) {
            buffer.segment().asSlice(0, size).fill((byte) 0);
        }
        return buffer;
    }

    /** Moves a buffer's content to another buffer and releases the first. */
    PooledBuffer move(PooledBuffer from, long size) {
        PooledBuffer to = acquire(size);
        boolean moved = false;
        try {
            MemorySegment.copy(from.segment(), 0, to.segment(), 0, Math.min(from.size(), size));
            from.release();
            moved = true;
            return to;
        } finally {
            if (!moved) {
                to.release();
            }
        }
    }

    MemorySegment memoryOf(int number) {
        return arenas.slab(number).piece(platform.memory(), ChunkNumber.place(number));
    }

    String name() {
        return config.name();
    }

    @Override
    public PoolStatistics statistics() {
        caches.reapDead(arenas::put);
        return Census.take(this);
    }

    @Override
    public void trimCurrentThread() {
        checkOpen();
        LocalCache local = locals.find();
        if (local != null) {
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                arenas.put(sizeClass, local.giveUp(sizeClass));
            }
            waiters.signal();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            CloseReport report = abandon();
            if (report.acquiredBuffers() != 0) {
                throw new IllegalStateException(report.description());
            }
        }
    }

    @Override
    public CloseReport abandon() {
        closed = true;
        caches.closeAll(arenas::put);
        CloseReport report = OpenBuffers.count(this);
        arenas.close();
        waiters.signal();
        afterClose.run();
        return report;
    }

    /** Sets what is to be done when the pool has been closed. */
    void afterClose(Runnable action) {
        afterClose = action;
    }

    @Override
    public String toString() {
        return "BufferPool " + config.name();
    }

    private void checkOpen() {
        if (closed) {
            throw closed();
        }
    }

    private PoolClosedException closed() {
        return new PoolClosedException(name());
    }

    private PoolExhaustedException exhausted(long asked) {
        PoolStatistics now = Census.take(this);
        return new PoolExhaustedException(
                name(),
                asked,
                charge.limit(),
                now.chargedBytes(),
                now.acquiredBytes(),
                now.cachedInThreadsBytes() + now.cachedInDepotsBytes());
    }

    PoolConfig config() {
        return config;
    }

    Platform platform() {
        return platform;
    }

    Charge charge() {
        return charge;
    }

    Arenas arenas() {
        return arenas;
    }

    CacheRegistry caches() {
        return caches;
    }

    LargeBuffers large() {
        return large;
    }

    long refusals() {
        return refusals.sum() - withheld.mistakenRefusals().sum();
    }

    Withheld withheld() {
        return withheld;
    }

    Supply supply() {
        return supply;
    }
}
