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
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.magazine.PairLayout;
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
 * <p>Virtual threads own nothing: they go to the depots and slabs directly.
 */
final class MagazinePool implements BufferPool {

    private final PoolConfig config;
    private final Platform platform;
    private final Charge charge;
    private final ChunkTable chunks = new ChunkTable();
    private final Arenas arenas;
    private final CacheRegistry caches;
    private final Reclaim reclaim;
    private final Waiters waiters;
    private final LargeBuffers large;
    private final LongAdder refusals = new LongAdder();
    private final LongAdder foreignAcquires = new LongAdder(); // by threads without a cache
    private final LongAdder foreignReleases = new LongAdder();
    private final PairLayout layout;
    private final LocalCaches locals = new LocalCaches();
    private volatile @Nullable LocalCache nobody;
    private volatile boolean closed;

    MagazinePool(PoolConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
        this.charge = new Charge(config.maxBytes() == PoolConfig.AUTO ? DefaultLimit.bytes() : config.maxBytes());
        int count = config.arenas() == PoolConfig.AUTO ? chooseArenas(platform.memory()) : config.arenas();
        this.arenas = new Arenas(
                count, config.magazineBytes(), platform.memory(), platform.cores(), charge, chunks::addRow);
        this.layout = arenas.layout();
        this.caches = new CacheRegistry(platform.barrier());
        this.reclaim = new Reclaim(arenas, caches);
        this.waiters = new Waiters(caches);
        this.large = new LargeBuffers(this, platform.memory(), charge);
    }

    private int chooseArenas(Memory memory) {
        return ArenaCount.choose(
                Runtime.getRuntime().availableProcessors(), charge.limit(), 1L << memory.grainShift());
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
            return null;
        }
        int number = local.acquire(layout.slot(SizeClasses.indexFor((int) atLeast)));
        return number < 0 ? null : handle(number, local, (int) atLeast);
    }

    private Chunk handle(int number, LocalCache owner, int size) {
        Chunk chunk = chunks.get(number);
        if (chunk == null) {
            chunk = buildHandle(number, owner);
        }
        return chunk.acquiredBy(owner, size);
    }

    private Chunk buildHandle(int number, LocalCache owner) {
        Slab slab = arenas.slab(number);
        boolean built = false;
        try {
            Chunk chunk = new Chunk(number, slab.sizeClass(), layout.slot(slab.sizeClass()), owner);
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
        if (atLeast < 0) {
            throw new IllegalArgumentException("size is " + atLeast + ": must not be negative");
        }
        checkOpen();
        try {
            int sizeClass = sizeClass(atLeast, alignment);
            return sizeClass == SizeClasses.COUNT
                    ? acquireLarge(atLeast, alignment)
                    : acquireChunk(sizeClass, (int) atLeast);
        } catch (ClosedArenasException closedMeanwhile) {
            throw closed();
        }
    }

    private int sizeClass(long atLeast, long alignment) {
        boolean slabsAreAligned = platform.memory().canPurge() || alignment <= 1L << Memory.PAGE_SHIFT;
        return atLeast <= SizeClasses.MAX_BYTES && slabsAreAligned
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
        int number = local == null ? takeWithoutCache(sizeClass) : take(local, sizeClass);
        return number < 0 ? null : handle(number, local == null ? nobody() : local, size);
    }

    private int take(LocalCache cache, int sizeClass) {
        int cached = cache.acquire(layout.slot(sizeClass));
        if (cached >= 0) {
            return cached;
        }
        Magazine magazine = takeLoaded(sizeClass);
        if (magazine == null) {
            return ChunkNumber.NONE;
        }
        int number = magazine.pop();
        cache.countAcquire();
        cache.load(sizeClass, magazine);
        arenas.put(sizeClass, magazine);
        keepWithinBudget(cache, sizeClass);
        return number;
    }

    private int takeWithoutCache(int sizeClass) {
        Magazine magazine = takeLoaded(sizeClass);
        if (magazine == null) {
            return ChunkNumber.NONE;
        }
        int number = magazine.pop();
        foreignAcquires.increment();
        arenas.put(sizeClass, magazine);
        return number;
    }

    private @Nullable Magazine takeLoaded(int sizeClass) {
        Magazine magazine = arenas.takeLoaded(sizeClass);
        return magazine != null ? magazine : reclaim.takeLoaded(sizeClass);
    }

    private void keepWithinBudget(LocalCache cache, int inUse) {
        for (int victim = cache.overBudget(inUse); victim >= 0; victim = cache.overBudget(inUse)) {
            if (!cache.isOpen()) {
                return;
            }
            arenas.put(victim, cache.giveUp(victim));
        }
    }

    /** Returns null for virtual threads. */
    private @Nullable LocalCache localOfThisThread() {
        LocalCache local = locals.find();
        return local != null || Thread.currentThread().isVirtual() ? local : admitThisThread();
    }

    private LocalCache admitThisThread() {
        caches.reapDead(arenas::put);
        LocalCache cache = newCache();
        caches.register(cache);
        waiters.admit(cache);
        if (closed) {
            caches.closeAll(arenas::put);
        }
        locals.add(cache);
        return cache;
    }

    private LocalCache newCache() {
        boolean fenced = config.guard() == PoolConfig.GuardMode.FENCED;
        return new LocalCache(this, Thread.currentThread(), layout, config.threadCacheBytes(), fenced);
    }

    /** Stands for virtual threads in the handles of chunks. */
    private LocalCache nobody() {
        LocalCache present = nobody;
        if (present == null) {
            present = newCache();
            nobody = present;
        }
        return present;
    }

    /** Called by a chunk that is no longer its owner's, when the owner's own magazines cannot take it. */
    void releaseSlowly(int sizeClass, int number) {
        LocalCache cache = closed ? null : localOfThisThread();
        if (cache == null) {
            foreignReleases.increment();
            arenas.putHome(number);
        } else if (!cache.release(layout.slot(sizeClass), number)) {
            releaseToFullCache(cache, sizeClass, number);
        }
        afterRelease();
    }

    private void releaseToFullCache(LocalCache cache, int sizeClass, int number) {
        Magazine magazine = cache.isOpen() ? arenas.takeEmpty(sizeClass) : null;
        if (magazine != null) {
            cache.unload(sizeClass, magazine);
            arenas.put(sizeClass, magazine);
            keepWithinBudget(cache, sizeClass);
        }
        if (!cache.release(layout.slot(sizeClass), number)) {
            cache.countRelease();
            arenas.putHome(number);
        }
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
        PooledBuffer buffer = request.alignment() <= SizeClasses.QUANTUM ? acquireFast(size) : null;
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
        if (request.isZeroed()) {
            buffer.segment().asSlice(0, size).fill((byte) 0);
        }
        return buffer;
    }

    /** Moves a buffer's content to another buffer and releases the first. */
    PooledBuffer move(PooledBuffer from, long size) {
        PooledBuffer to = acquire(size);
        MemorySegment.copy(from.segment(), 0, to.segment(), 0, Math.min(from.size(), size));
        from.release();
        return to;
    }

    MemorySegment memoryOf(int number) {
        return arenas.slab(number).memory(ChunkNumber.place(number));
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
        return report;
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
        return refusals.sum();
    }

    long foreignAcquires() {
        return foreignAcquires.sum();
    }

    long foreignReleases() {
        return foreignReleases.sum();
    }
}
