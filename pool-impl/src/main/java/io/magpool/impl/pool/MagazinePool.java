/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.CloseReport;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.PressureListener;
import io.magpool.api.Registration;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimPolicy;
import io.magpool.api.TrimReport;
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
import io.magpool.impl.trim.TrimThread;
import io.magpool.impl.trim.Trimmer;
import io.magpool.impl.trim.Upkeep;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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

    private final PoolConfig config;
    private final Platform platform;
    private final Charge charge;
    private final ChunkTable chunks = new ChunkTable();
    private final Arenas arenas;
    private final CacheRegistry caches;
    private final Reclaim reclaim;
    private final Supply supply;
    private final Diversion diversion;
    private final Waiters waiters;
    private final Growth growth;
    private final Pressure pressure;
    private final LargeBuffers large;
    private final LongAdder refusals = new LongAdder();
    private final Withheld withheld;
    private final PairLayout layout;
    private final Trimmer trimmer;
    private final Upkeep upkeep;
    private final LocalCaches locals = new LocalCaches();
    private final LocalCache nobody; // stands for virtual threads in the handles of chunks
    private final boolean isWatched;
    private volatile boolean closed;
    private volatile Runnable afterClose = () -> {};

    MagazinePool(PoolConfig config, Platform platform) {
        this(config, platform, System::nanoTime, new Withheld());
    }

    MagazinePool(PoolConfig config, Platform platform, LongSupplier clock, Withheld withheld) {
        this.config = config;
        this.withheld = withheld;
        this.platform = platform;
        this.isWatched = config.maintenance() == PoolConfig.Maintenance.AUTOMATIC
                && !(config.trim() instanceof TrimPolicy.None);
        this.charge = new Charge(limit(config.maxBytes(), config));
        int count = config.arenas() == PoolConfig.AUTO ? chooseArenas(platform.memory()) : config.arenas();
        this.arenas = new Arenas(
                count, config.magazineBytes(), platform, charge, chunks);
        this.layout = arenas.layout();
        this.caches = new CacheRegistry(platform.barrier());
        this.nobody = new LocalCache(this, null, new PairLayout(new int[SizeClasses.COUNT]), 0, true);
        this.large = new LargeBuffers(this, platform.memory(), charge, System::nanoTime);
        this.reclaim = new Reclaim(arenas, caches, large::dropCached);
        this.diversion = new Diversion(caches);
        this.supply = new Supply(arenas, reclaim, buildStripes(config, platform), this::watch);
        this.waiters = new Waiters(this, diversion, new Probe(arenas, reclaim, charge));
        this.growth = new Growth(this, charge, reclaim);
        this.pressure = new Pressure(() -> arenas.outsideBytes() + large.bytes(), charge::limit);
        this.trimmer = new Trimmer(config, arenas, caches, large::dropOlderThan, clock);
        this.upkeep = new Upkeep(trimmer, TrimThread.shared());
        System.getLogger(BufferPool.class.getName()).log(Level.INFO, () -> Introduction.of(this));
    }

    /** A pool with a policy has its thread, as soon as there is memory, unless it shall have none. */
    private void watch() {
        if (isWatched) {
            upkeep.wake();
        }
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
            chunk = acquireSlowly(wish(atLeast, 1));
        }
        if (chunk == null) {
            throw exhausted(atLeast);
        }
        return chunk;
    }

    @Override
    public @Nullable PooledBuffer tryAcquire(long atLeast) {
        PooledBuffer chunk = acquireFast(atLeast);
        return chunk != null ? chunk : acquireSlowly(wish(atLeast, 1));
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

    /** Returns null if the limit leaves no room, or others wait for it. */
    private @Nullable PooledBuffer acquireSlowly(Wish wish) {
        PooledBuffer buffer = acquireUnlessOthersWait(wish, true);
        if (buffer == null) {
            refusals.increment();
        }
        return buffer;
    }

    private @Nullable PooledBuffer acquireUnlessOthersWait(Wish wish, boolean byReclaim) {
        checkOpen();
        if (!waiters.isEmpty()) {
            waiters.remind();
            return null;
        }
        try {
            return acquireIfRoom(wish, byReclaim);
        } finally {
            waiters.offer(Waiter.ENOUGH); // magazines were in hand meanwhile
            pressure.look();
        }
    }

    private Wish wish(long atLeast, long alignment) {
        return Wish.of(this, atLeast, alignment);
    }

    /** Returns null if the limit leaves no room. */
    @Nullable PooledBuffer acquireIfRoom(Wish wish, boolean byReclaim) {
        checkOpen();
        PooledBuffer buffer;
        try {
            buffer = wish.isLarge() ? acquireLarge(wish, byReclaim) : acquireChunk(wish, byReclaim);
        } catch (ClosedArenasException closedMeanwhile) {
            throw closed();
        }
        return unlessClosed(buffer);
    }

    private @Nullable PooledBuffer unlessClosed(@Nullable PooledBuffer buffer) {
        if (closed && buffer != null) {
            buffer.release();
            throw closed();
        }
        return buffer;
    }

    private @Nullable PooledBuffer acquireLarge(Wish wish, boolean byReclaim) {
        if (canNeverServe(wish)) {
            return null;
        }
        PooledBuffer buffer;
        try {
            buffer = large.acquire(wish.size(), wish.alignment());
        } catch (MemoryRefusedException bySystem) {
            buffer = null; // less may be refused when something was given back
        }
        return buffer == null && byReclaim
                ? reclaim.retry(() -> large.acquire(wish.size(), wish.alignment()), wish.charge())
                : buffer;
    }

    private @Nullable PooledBuffer acquireChunk(Wish wish, boolean byReclaim) {
        LocalCache local = localOfThisThread();
        int number = supply.take(local, wish.sizeClass(), byReclaim);
        return number < 0 ? null : handle(number, local == null ? nobody : local, (int) wish.size());
    }

    /** What a waiter was given; or the pool was closed. */
    PooledBuffer receive(Wish wish, int number) {
        if (number < 0) {
            throw closed();
        }
        LocalCache local = locals.find();
        PooledBuffer buffer = handle(number, local == null ? nobody : local, (int) wish.size());
        if (closed) {
            buffer.release();
            throw closed();
        }
        return buffer;
    }

    /** What a waiter was given and does not take. */
    void takeBack(int number) {
        supply.putHome(number);
    }

    /** Tells whether the limit itself is too low. */
    boolean canNeverServe(Wish wish) {
        return wish.charge() > charge.limit();
    }

    long room() {
        return arenas.room();
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns null for virtual threads, and where the Java heap has no room for a cache: a stripe will do. */
    private @Nullable LocalCache localOfThisThread() {
        LocalCache local = locals.find();
        try {
            return local != null || Thread.currentThread().isVirtual() ? local : admitThisThread();
        } catch (OutOfMemoryError noRoom) {
            return null;
        }
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
        diversion.admit(cache);
        if (closed) {
            caches.closeAll(arenas::put);
        }
    }

    /** Called by a chunk that is no longer its owner's, when the owner's own magazines cannot take it. */
    void releaseSlowly(int sizeClass, int number) {
        if (closed) {
            supply.putHome(number);
        } else if (waiters.isEmpty()) {
            supply.put(localOfThisThread(), sizeClass, number);
        } else if (waiters.give(sizeClass, number)) {
            supply.countPassedOn();
            return;
        } else {
            supply.putHome(number);
        }
        afterRelease(largestFall(SizeClasses.bytes(sizeClass)));
    }

    /** A chunk's own pages, and those at both ends that it had in common with others. */
    private long largestFall(int chunkBytes) {
        return chunkBytes + 2L * platform.memory().grainBytes(chunkBytes);
    }

    /**
     * After memory was made available beyond the thread's own magazines.
     *
     * @param bytes how much the charge may fall by that, at most
     */
    void afterRelease(long bytes) {
        if (closed) {
            caches.reapDead(arenas::put);
        }
        waiters.offer(bytes);
        pressure.look();
    }

    @Override
    public PooledBuffer acquire(BufferRequest request) throws InterruptedException {
        long size = request.size();
        PooledBuffer buffer = request.alignment() <= Math.min(SizeClasses.QUANTUM, platform.memory().slabAlignment())
                ? acquireFast(size) : null;
        if (buffer == null) {
            buffer = acquireOrAwait(wish(size, request.alignment()), request.patience());
        }
        if (buffer == null) {
            throw refused(size);
        }
        if (request.isZeroed()) {
            Content.clear(buffer, size);
        }
        return buffer;
    }

    private @Nullable PooledBuffer acquireOrAwait(Wish wish, Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        boolean waits = !patience.isZero() && !canNeverServe(wish);
        PooledBuffer buffer = acquireUnlessOthersWait(wish, !waits); // in line it will reclaim what it needs
        if (buffer == null && waits) {
            buffer = waiters.await(wish, start, TimeUnit.NANOSECONDS.convert(patience));
            pressure.look();
        }
        return buffer;
    }

    @Override
    public Registration onAvailable(long size, Runnable action) {
        Objects.requireNonNull(action, "action");
        Wish wish = wish(size, 1);
        checkOpen();
        if (canNeverServe(wish)) {
            throw exhausted(size);
        }
        return waiters.onAvailable(wish, action);
    }

    @Override
    public Registration onPressure(double high, double low, PressureListener listener) {
        return pressure.watch(high, low, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void setMaxBytes(long maxBytes) {
        PoolConfig.builder().maxBytes(maxBytes); // throws if it is not valid
        checkOpen();
        charge.setLimit(limit(maxBytes, config));
        waiters.limitChanged();
        pressure.look();
    }

    private static long limit(long maxBytes, PoolConfig config) {
        return maxBytes == PoolConfig.AUTO ? DefaultLimit.bytes(config.storage()) : maxBytes;
    }

    /** Moves a buffer's content to another buffer and releases the first. */
    PooledBuffer move(PooledBuffer from, long size, long alignment) {
        PooledBuffer to = alignment == 1 ? tryAcquire(size) : acquireSlowly(wish(size, alignment));
        if (to == null) {
            throw exhausted(size);
        }
        return Content.move(from, to, size);
    }

    /** Moves a large buffer's content to a chunk and releases it; returns null, and has done nothing, if there is none. */
    @Nullable PooledBuffer moveToChunk(LargeBuffer from, long size, long alignment) {
        if (closed || Wish.sizeClass(this, size, alignment) == SizeClasses.COUNT) {
            return null;
        }
        PooledBuffer to;
        try {
            to = acquireIfRoom(wish(size, alignment), true);
        } catch (MemoryRefusedException | PoolClosedException noChunk) {
            return null;
        }
        return to == null ? null : Content.move(from, to, size);
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
            afterRelease(Waiter.ENOUGH);
        }
    }

    @Override
    public TrimReport trim(TrimDepth depth) {
        Objects.requireNonNull(depth, "depth");
        return trim(() -> trimmer.trim(depth));
    }

    @Override
    public TrimReport maintain() {
        return trim(trimmer::tickIfDue);
    }

    private TrimReport trim(Supplier<TrimReport> trim) {
        checkOpen();
        try {
            return trim.get();
        } catch (ClosedArenasException closedMeanwhile) {
            throw closed();
        } finally {
            waiters.offer(Waiter.ENOUGH);
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
        upkeep.end();
        caches.closeAll(arenas::put);
        CloseReport report = OpenBuffers.count(this);
        try {
            large.close();
        } finally {
            arenas.close();
            waiters.closeAll();
            afterClose.run();
        }
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

    void checkOpen() {
        if (closed) {
            throw closed();
        }
    }

    PoolClosedException closed() {
        return new PoolClosedException(name());
    }

    PoolExhaustedException refused(long asked) {
        refusals.increment();
        return exhausted(asked);
    }

    private PoolExhaustedException exhausted(long asked) {
        PoolStatistics now = Census.take(this);
        return new PoolExhaustedException(
                name(),
                asked,
                charge.limit(),
                now.chargedBytes(),
                now.acquiredBytes(),
                now.cachedInThreadsBytes() + now.cachedInDepotsBytes() + now.cachedLargeBytes());
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

    Growth growth() {
        return growth;
    }

    Waiters waiters() {
        return waiters;
    }

    Trimmer trimmer() {
        return trimmer;
    }

    Supply supply() {
        return supply;
    }
}
