/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.ChildLimits;
import io.magpool.api.CloseReport;
import io.magpool.api.DumpFormat;
import io.magpool.api.PoolConfig;
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
import io.magpool.impl.event.Events;
import io.magpool.impl.insight.HtmlDump;
import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.PairLayout;
import io.magpool.impl.magazine.SampleRate;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import io.magpool.impl.trim.TrimThread;
import io.magpool.impl.trim.Trimmable;
import io.magpool.impl.trim.Trimmer;
import io.magpool.impl.trim.Upkeep;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
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

    private final String name;
    private final PoolConfig config;
    private final Events events;
    private final Platform platform;
    private final Family family;
    private final boolean isParent;
    private final Limit limit;
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
    private final Withheld withheld;
    private final Trimmable trimmable;
    private final Upkeep upkeep;
    private final Life life;
    private final Admission admission;
    private final SlowPath slowPath;
    private final LocalCaches locals = new LocalCaches();
    private final LocalCache nobody; // stands for virtual threads in the handles of chunks
    private final boolean isWatched;
    private final SampleRate sampleRate;

    MagazinePool(PoolConfig config, Platform platform) {
        this(config, platform, System::nanoTime, new Withheld(LargeBuffer.KIND, config));
    }

    MagazinePool(PoolConfig config, Platform platform, LongSupplier clock, Withheld withheld) {
        this(
                config.name(),
                config,
                platform,
                new Family(
                        platform.memory(),
                        Limit.ofParent(config.maxBytes(), config),
                        new Trimmer(config, clock),
                        clock),
                null,
                withheld);
    }

    /** A child, with a charge that has its guarantee. */
    MagazinePool(String name, MagazinePool parent, Charge charge) {
        this(name, parent.config, parent.platform, parent.family, charge,
                new Withheld(LargeBuffer.KIND, parent.config));
    }

    private MagazinePool(
            String name,
            PoolConfig config,
            Platform platform,
            Family family,
            @Nullable Charge child,
            Withheld withheld) {
        this.name = name;
        this.config = config;
        this.events = new Events(name);
        this.withheld = withheld;
        this.sampleRate = new SampleRate(withheld.samples().distance());
        this.platform = platform;
        this.family = family;
        this.isParent = child == null;
        this.isWatched = config.maintenance() == PoolConfig.Maintenance.AUTOMATIC
                && !(config.trim() instanceof TrimPolicy.None);
        this.limit = child == null
                ? new Limit(this, family.budget())
                : new Limit(this, family.budget(), child);
        this.charge = limit.charge();
        int count = config.arenas() == PoolConfig.AUTO ? chooseArenas(platform.memory()) : config.arenas();
        this.arenas = new Arenas(count, config.magazineBytes(), platform, family.regions(), charge, chunks, events);
        this.caches = new CacheRegistry(platform.barrier(), events);
        this.nobody = new LocalCache(this, null, new PairLayout(new int[SizeClasses.COUNT]), 0, true,
                SampleRate.NONE);
        this.large = new LargeBuffers(this, platform.memory(), charge, family.clock());
        this.reclaim = new Reclaim(arenas, caches, large::dropCached, charge, () -> family.othersReclaim(this), events);
        this.diversion = new Diversion(caches, events, family.diversions());
        this.admission = new Admission(this, locals);
        this.supply = new Supply(arenas, reclaim, admission.stripes(), this::watch);
        this.waiters = new Waiters(new PoolRoom(this, new Probe(arenas, reclaim, charge, this::endIfEmpty)), diversion);
        this.growth = new Growth(this, charge, reclaim);
        this.pressure = new Pressure(isParent ? family::inUse : this::inUse, charge::limit, events);
        this.trimmable = new Trimmable(arenas, caches, large);
        this.upkeep = child == null ? new Upkeep(family.trimmer(), TrimThread.shared()) : family.parent().upkeep;
        this.life = new Life(this, upkeep);
        this.slowPath = new SlowPath(this, reclaim);
        if (isParent) {
            family.add(this);
            upkeep.alsoDo(family::afterTick);
        }
        System.getLogger(BufferPool.class.getName()).log(Level.INFO, () -> Introduction.of(this));
        events.opened(
                charge.limit(),
                platform.memory().name(),
                platform.barrier().name(),
                arenas.count(),
                config.trim().toString());
    }

    /** A pool with a policy has its thread, as soon as there is memory, unless it shall have none. */
    void watch() {
        if (isWatched) {
            upkeep.wake();
        }
    }

    private int chooseArenas(Memory memory) {
        return ArenaCount.choose(
                Runtime.getRuntime().availableProcessors(), charge.limit(), memory.grainBytes(SizeClasses.MAX_BYTES));
    }

    @Override
    public PooledBuffer acquire(long atLeast) {
        if (isNoChunk(atLeast)) {
            return acquireSlowly(atLeast);
        }
        int size = (int) atLeast;
        Chunk chunk = acquireFast(size);
        return chunk != null ? chunk : acquireChunkSlowly(size);
    }

    /** Takes an int, lest code that acquires so many keeps them twice, as an int for the quick way and as a long for this one. */
    private PooledBuffer acquireChunkSlowly(int atLeast) {
        return acquireSlowly(atLeast);
    }

    private PooledBuffer acquireSlowly(long atLeast) {
        PooledBuffer buffer = slowPath.acquire(wish(atLeast, 1));
        if (buffer == null) {
            throw limit.exhausted(atLeast);
        }
        return buffer;
    }

    @Override
    public @Nullable PooledBuffer tryAcquire(long atLeast) {
        PooledBuffer chunk = isNoChunk(atLeast) ? null : acquireFast((int) atLeast);
        return chunk != null ? chunk : slowPath.acquire(wish(atLeast, 1));
    }

    /** Also what is negative, which the slow way refuses. */
    private static boolean isNoChunk(long atLeast) {
        return Long.compareUnsigned(atLeast, SizeClasses.MAX_BYTES) > 0;
    }

    private @Nullable Chunk acquireFast(int atLeast) {
        LocalCache local = locals.find();
        if (local == null) {
            return acquireFromStripe(SizeClasses.indexFor(atLeast), atLeast);
        }
        int number = local.acquire(SizeClasses.indexFor(atLeast));
        return number < 0 ? null : handle(number, local, atLeast);
    }

    private @Nullable Chunk acquireFromStripe(int sizeClass, int atLeast) {
        int number = Thread.currentThread().isVirtual() ? supply.takeFromStripe(sizeClass) : ChunkNumber.NONE;
        return number < 0 ? null : handle(number, nobody, atLeast);
    }

    Chunk handle(int number, LocalCache owner, int size) {
        Chunk chunk = chunks.get(number);
        return chunk != null ? chunk.acquiredBy(owner, size) : buildHandle(number, owner, size);
    }

    private Chunk buildHandle(int number, LocalCache owner, int size) {
        Slab slab = arenas.slab(number);
        boolean built = false;
        try {
            Chunk chunk = new Chunk(number, slab.sizeClass(), owner);
            chunk.acquiredBy(owner, size);
            if (slab.isZeros(ChunkNumber.place(number))) {
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

    Wish wish(long atLeast, long alignment) {
        return Wish.of(this, atLeast, alignment);
    }

    /** Puts a chunk of another thread's into the magazines of this one, or of a stripe; false if they cannot take it. */
    boolean releaseHere(int sizeClass, int number) {
        LocalCache local = locals.find();
        return local != null
                ? local.release(sizeClass, number)
                : Thread.currentThread().isVirtual() && supply.putIntoStripe(sizeClass, number);
    }

    /** Called by a chunk that is no longer its owner's, when no magazine of the thread can take it. */
    void releaseSlowly(int sizeClass, int number) {
        slowPath.release(sizeClass, number);
    }

    /**
     * After memory was made available beyond the thread's own magazines.
     *
     * @param bytes how much the charge may fall by that, at most
     */
    void afterRelease(long bytes) {
        if (life.isClosed()) {
            caches.reapDead(arenas::put);
        }
        endIfEmpty();
        offer(bytes);
        look();
    }

    /** After a charge fell: that may have been the last that a closed pool had. */
    void endIfEmpty() {
        if (life.isClosed()) {
            family.removeIfEmpty(this);
        }
    }

    /** Calls whoever waits for room, here and in the rest of the family. */
    void offer(long bytes) {
        waiters.offer(bytes);
        family.offer(this, bytes);
    }

    /** Looks whether watermarks were crossed, here and of all together. */
    void look() {
        pressure.look();
        if (!isParent) {
            family.parent().pressure.look();
        }
    }

    long inUse() {
        return arenas.outsideBytes() + large.bytes();
    }

    @Override
    public PooledBuffer acquire(BufferRequest request) throws InterruptedException {
        long size = request.size();
        PooledBuffer buffer = !isNoChunk(size)
                && request.alignment() <= Math.min(SizeClasses.QUANTUM, platform.memory().slabAlignment())
                        ? acquireFast((int) size)
                        : null;
        if (buffer == null) {
            buffer = slowPath.acquireOrAwait(wish(size, request.alignment()), request);
        } else if (request.isZeroed()) {
            Content.clear(buffer, size);
        }
        if (buffer == null) {
            throw limit.refused(size, wish(size, request.alignment()).sizeClass());
        }
        return buffer;
    }

    @Override
    public Registration onAvailable(long size, Runnable action) {
        Objects.requireNonNull(action, "action");
        Wish wish = wish(size, 1);
        life.checkOpen();
        if (limit.canNeverServe(wish)) {
            throw limit.exhausted(size);
        }
        return withheld.relief().callBack(action, turn -> waiters.onAvailable(wish, turn));
    }

    @Override
    public Registration onPressure(double high, double low, PressureListener listener) {
        return pressure.watch(high, low, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void setMaxBytes(long maxBytes) {
        PoolConfig.builder().maxBytes(maxBytes); // throws if it is not valid
        life.checkOpen();
        limit.set(maxBytes);
        family.limitChanged();
        look();
    }

    MemorySegment memoryOf(int number) {
        return arenas.slab(number).piece(platform.memory(), ChunkNumber.place(number));
    }

    String name() {
        return name;
    }

    @Override
    public PoolStatistics statistics() {
        if (!isParent) {
            life.lookAround();
            caches.reapDead(arenas::put);
            return Census.of(this, true);
        }
        return family.statistics();
    }

    @Override
    public String dump(DumpFormat format) {
        lookAround();
        return format == DumpFormat.HTML ? HtmlDump.of(Survey.of(this)) : BufferPool.super.dump(format);
    }

    @Override
    public List<AcquisitionSite> acquisitionSites() {
        life.lookAround();
        return withheld.places().now();
    }

    private void lookAround() {
        if (isParent) {
            family.lookAround();
        } else {
            life.lookAround();
        }
    }

    @Override
    public BufferPool child(String childName, ChildLimits limits) {
        return Children.create(this, childName, Objects.requireNonNull(limits, "limits"));
    }

    @Override
    public void trimCurrentThread() {
        life.checkOpen();
        LocalCache local = locals.find();
        if (local != null) {
            Object begun = events.beginEmptyCaches();
            long chunks = 0;
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                int[] rounds = local.giveUp(sizeClass);
                chunks += rounds.length;
                arenas.put(sizeClass, rounds);
            }
            events.endEmptyCaches(begun, "its thread wished it", 1, chunks);
            afterRelease(Waiter.ENOUGH);
        }
    }

    @Override
    public TrimReport trim(TrimDepth depth) {
        Objects.requireNonNull(depth, "depth");
        if (depth == TrimDepth.FULL) {
            emptyQuarantines();
        }
        return trim(() -> isParent ? family.trimmer().trim(depth) : family.trimmer().trim(depth, trimmable));
    }

    @Override
    public TrimReport maintain() {
        lookAround();
        return trim(family.trimmer()::tickIfDue);
    }

    private void emptyQuarantines() {
        if (isParent) {
            family.emptyQuarantines();
        } else {
            withheld.relief().ask();
        }
    }

    private TrimReport trim(Supplier<TrimReport> trim) {
        life.checkOpen();
        try {
            return trim.get();
        } catch (ClosedArenasException closedMeanwhile) {
            throw life.closed();
        } finally {
            family.tellOfRoom();
        }
    }

    @Override
    public void close() {
        if (!life.isClosed()) {
            CloseReport report = abandon();
            if (report.acquiredBuffers() != 0) {
                throw new IllegalStateException(report.description());
            }
        }
    }

    @Override
    public CloseReport abandon() {
        return life.end();
    }

    @Override
    public String toString() {
        return "BufferPool " + name;
    }

    Events events() {
        return events;
    }

    ChunkTable chunks() {
        return chunks;
    }

    PoolConfig config() {
        return config;
    }

    Platform platform() {
        return platform;
    }

    Limit limit() {
        return limit;
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

    SampleRate sampleRate() {
        return sampleRate;
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

    Diversion diversion() {
        return diversion;
    }

    Trimmable trimmable() {
        return trimmable;
    }

    Family family() {
        return family;
    }

    boolean isParent() {
        return isParent;
    }

    @SuppressWarnings("ReferenceEquality") // a pool is itself
    boolean is(MagazinePool other) {
        return this == other;
    }

    Reclaim reclaim() {
        return reclaim;
    }

    Supply supply() {
        return supply;
    }

    Life life() {
        return life;
    }

    Admission admission() {
        return admission;
    }

    SlowPath slowPath() {
        return slowPath;
    }

    /** Whose chunks are those that a virtual thread acquired. */
    LocalCache nobody() {
        return nobody;
    }
}
