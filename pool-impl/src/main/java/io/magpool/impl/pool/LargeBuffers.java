/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.arena.ClosedArenasException;
import io.magpool.impl.event.Events;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.Purge;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.trim.KeptMappings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Maps, caches, resizes, counts and unmaps the buffers above the largest size class.
 *
 * <p>A mapping is charged as long as it exists: in use, in the cache, or while the system refuses to take it back. It is
 * charged before it is mapped or grows, and uncharged after it was unmapped or shrunk, so the charge is never too low.
 *
 * <p>How long a mapping is kept is the trim policy's affair, as with all memory that is idle. A release unmaps only what there is no
 * room for.
 */
final class LargeBuffers implements KeptMappings {

    private static final long PAGE = 1L << Memory.PAGE_SHIFT;
    private static final int CACHED_PART = 8; // the cache has one part of so many of the limit

    private final MagazinePool pool;
    private final Events events;
    private final Memory memory;
    private final Charge charge;
    private final LongSupplier nanoTime;
    private final LargeCache cache = new LargeCache();
    private final Unreturned unreturned;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final Set<Mapping> inUse = ConcurrentHashMap.newKeySet(); // only of mapped memory, for resident()
    private final AtomicLong acquires = new AtomicLong();
    private final AtomicLong releases = new AtomicLong();

    LargeBuffers(MagazinePool pool, Memory memory, Charge charge, LongSupplier nanoTime) {
        this.pool = pool;
        this.events = new Events(pool.name());
        this.memory = memory;
        this.charge = charge;
        this.nanoTime = nanoTime;
        this.unreturned = new Unreturned(memory, charge, events);
    }

    /** Returns null if the limit leaves no room. */
    @Nullable PooledBuffer acquire(long size, long alignment) {
        long wanted = wholePages(size);
        Mapping cached = cache.take(wanted, alignment);
        LargeBuffer buffer = null;
        try {
            buffer = cached != null ? reuse(cached, size, alignment) : mapIfRoom(wanted, size, alignment);
        } finally {
            if (buffer == null) {
                pool.endIfEmpty();
            }
        }
        if (buffer != null) {
            count(buffer.mapping(), size);
        }
        return buffer;
    }

    private void count(Mapping mapping, long size) {
        bytes.addAndGet(mapping.bytes());
        asked.addAndGet(size);
        acquires.incrementAndGet();
        if (memory.isMapped()) {
            keepInSight(mapping);
        }
        if (pool.life().isLookedAround()) {
            pool.watch();
        }
    }

    /** Whether the trimmer may find anything here: what is kept, or what is out where somebody looks for what is lost. */
    @Override
    public boolean isAnythingToWatch() {
        return cachedBytes() != 0 || (bytes.get() != 0 && pool.life().isLookedAround());
    }

    /** Where the Java heap has no room for that, the mapping is missing in a figure. */
    private void keepInSight(Mapping mapping) {
        try {
            inUse.add(mapping);
        } catch (OutOfMemoryError noRoom) {
            inUse.remove(mapping);
        }
    }

    /** An owner changed what he wants of his buffer. */
    void resized(long before, long size) {
        asked.addAndGet(size - before);
    }

    /** What a buffer is charged. */
    static long wholePages(long size) {
        return Math.max(1, Math.ceilDiv(size, PAGE)) * PAGE;
    }

    private LargeBuffer reuse(Mapping mapping, long size, long alignment) {
        LargeBuffer buffer = null;
        try {
            buffer = new LargeBuffer(this, mapping, size, alignment, false);
        } finally {
            if (buffer == null) {
                giveBack(mapping);
            }
        }
        return buffer;
    }

    private @Nullable LargeBuffer mapIfRoom(long wanted, long size, long alignment) {
        if (!charge.tryAdd(wanted)) {
            return null;
        }
        LargeBuffer buffer = null;
        try {
            pool.life().checkOpen(); // after the charge: see Family.removeIfEmpty
            buffer = mapOrDropCache(wanted, size, alignment);
        } finally {
            if (buffer == null) {
                charge.subtract(wanted);
            }
        }
        return buffer;
    }

    private LargeBuffer mapOrDropCache(long wanted, long size, long alignment) {
        try {
            return map(wanted, size, alignment);
        } catch (MemoryRefusedException refused) {
            boolean dropped = dropCached();
            dropped |= pool.family().regions().dropSpares(); // which the JVM frees as soon as it is short
            if (dropped) {
                return map(wanted, size, alignment);
            }
            throw refused;
        }
    }

    private LargeBuffer map(long wanted, long size, long alignment) {
        Object begun = events.beginLargeMap();
        AddressRange range = memory.reserve(wanted, Math.max(alignment, PAGE));
        LargeBuffer buffer = null;
        try {
            memory.commit(range.address(), wanted);
            if (memory.populates()) {
                memory.populate(range.address(), wanted);
            }
            Mapping mapping = new Mapping(range, memory.piece(range, 0, wanted));
            buffer = new LargeBuffer(this, mapping, size, alignment, true);
            events.endLargeMap(begun, wanted, size);
        } finally {
            if (buffer == null) {
                unreturned.giveBack(range, 0);
            }
        }
        return buffer;
    }

    void release(Mapping mapping, long size) {
        inUse.remove(mapping);
        bytes.addAndGet(-mapping.bytes());
        asked.addAndGet(-size);
        releases.incrementAndGet();
        try {
            keepOrGiveBack(mapping);
        } finally {
            pool.afterRelease(mapping.bytes());
        }
    }

    private void keepOrGiveBack(Mapping mapping) {
        unreturned.tryAgain();
        long now = nanoTime.getAsLong();
        long most = charge.limit() / CACHED_PART;
        boolean kept = mapping.bytes() <= most && cache.put(mapping, now, most);
        if (!kept && mapping.bytes() <= most) {
            kept = keepInsteadOfOlder(mapping, now, most);
        }
        if (!kept) {
            giveBack(mapping);
        }
        if (cachedBytes() != 0) {
            pool.watch(); // or it would stay for ever where no chunk is used, and no large buffer released any more
        }
    }

    private boolean keepInsteadOfOlder(Mapping mapping, long now, long most) {
        boolean kept = false;
        for (Mapping oldest = cache.takeOldest(); oldest != null && !kept;) {
            giveBack(oldest);
            kept = cache.put(mapping, now, most);
            oldest = kept ? null : cache.takeOldest();
        }
        return kept;
    }

    private boolean giveBack(Mapping mapping) {
        return unreturned.giveBack(mapping.range(), mapping.bytes());
    }

    /**
     * Grows a mapping that is no one else's to use meanwhile. The caller has charged the difference, and if this fails
     * or throws takes it back.
     *
     * @return false if only copying helps; nothing has changed then
     */
    boolean grow(Mapping mapping, long newBytes, long alignment) {
        long before = mapping.bytes();
        try {
            if (!resize(mapping, newBytes, alignment)) {
                return false;
            }
        } catch (MemoryRefusedException refused) {
            return false; // to copy will be refused too, or will help
        }
        bytes.addAndGet(newBytes - before);
        return true;
    }

    private boolean resize(Mapping mapping, long newBytes, long alignment) {
        long before = mapping.bytes();
        long address = mapping.address();
        Object begun = events.beginLargeRemap();
        boolean resized = mapping.resize(memory, newBytes, alignment);
        if (resized) {
            events.endLargeRemap(begun, before, newBytes, mapping.address() != address);
        }
        return resized;
    }

    /** Gives the tail of a mapping back, if memory can and the system does. */
    void shrink(Mapping mapping, long newBytes, long alignment) {
        long before = mapping.bytes();
        try {
            if (!resize(mapping, newBytes, alignment)) {
                return;
            }
        } catch (MemoryRefusedException refused) {
            return; // then it stays as it is, charged
        }
        bytes.addAndGet(newBytes - before);
        charge.subtract(before - newBytes);
        pool.afterRelease(before - newBytes);
    }

    /**
     * Gives back what the cache has, and what the system refused before.
     *
     * @return true if memory went
     */
    boolean dropCached() {
        boolean any = unreturned.tryAgain();
        any |= dropCache();
        if (any) {
            pool.endIfEmpty();
        }
        return any;
    }

    private boolean dropCache() {
        boolean any = false;
        for (int i = 0; i < LargeCache.MAX_MAPPINGS; i++) { // bounded, whatever others release meanwhile
            Mapping mapping = cache.takeOldest();
            if (mapping == null) {
                return any;
            }
            giveBack(mapping);
            any = true;
        }
        return any;
    }

    @Override
    public KeptMappings.Holdings measure(long oldNanos) {
        long kept = cache.bytes();
        return new KeptMappings.Holdings(bytes.get() + kept, kept,
                cache.bytesOlderThan(oldNanos, nanoTime.getAsLong()));
    }

    /**
     * What the system refused before is offered again in any case, whatever the budget; it is in nobody's bill. While a mapping
     * is in hand here it is charged, and a close that comes meanwhile finds that the pool is not empty: so that is asked again.
     */
    @Override
    public void trim(Purge purge, long oldNanos) {
        try {
            unreturned.tryAgain();
            giveBackOld(purge, oldNanos);
        } finally {
            pool.endIfEmpty();
        }
    }

    private void giveBackOld(Purge purge, long oldNanos) {
        long now = nanoTime.getAsLong();
        for (int i = 0; i < LargeCache.MAX_MAPPINGS && purge.isAnythingLeft(); i++) { // bounded, as above
            if (!giveBackOneOldInHand(purge, oldNanos, now)) {
                return;
            }
        }
    }

    /** In a closed pool there is none: who closes gives back what is kept. */
    private boolean giveBackOneOldInHand(Purge purge, long oldNanos, long now) {
        boolean[] any = {false};
        try {
            pool.arenas().surplus().inHand(() -> any[0] = giveBackOneOld(purge, oldNanos, now));
        } catch (ClosedArenasException closedMeanwhile) {
            return false;
        }
        return any[0];
    }

    /** What it has in hand is charged still, and found by nobody. Returns false if there was none. */
    private boolean giveBackOneOld(Purge purge, long oldNanos, long now) {
        Mapping mapping = cache.takeWithin(oldNanos, now, purge.leftBytes(), purge.mostBytes());
        if (mapping != null) {
            purge.unmap(mapping.address(), mapping.bytes(), () -> giveBack(mapping));
        }
        return mapping != null;
    }

    /** Gives all back that is not in use, and caches nothing from now on. May be called again. */
    void close() {
        cache.close();
        dropCache();
        unreturned.tryAgainOrThrow();
    }

    boolean isMapped() {
        return memory.isMapped();
    }

    MemorySegment boundedBy(MemorySegment whole, Arena arena) {
        return memory.boundedBy(whole, arena);
    }

    MagazinePool pool() {
        return pool;
    }

    /** How long a mapping for a buffer is, at least. */
    static long mappedBytes(long size) {
        return wholePages(size);
    }

    /** Up to here a chunk of a size class is the better home. */
    static long largestChunk() {
        return SizeClasses.MAX_BYTES;
    }

    /** Whether there is nothing left of any, neither in use nor kept. */
    boolean isEmpty() {
        return reservedBytes() == 0;
    }

    long bytes() {
        return bytes.get();
    }

    long askedBytes() {
        return asked.get();
    }

    /** Racy: a mapping that moves or goes meanwhile may be counted wrongly, or not at all. */
    long residentBytes() {
        long sum = 0;
        for (Mapping mapping : inUse) {
            sum += residentBytes(mapping);
        }
        for (Mapping mapping : cache.all()) {
            sum += residentBytes(mapping);
        }
        return sum;
    }

    private long residentBytes(Mapping mapping) {
        try {
            return Math.max(0, memory.residentBytes(mapping.address(), mapping.bytes()));
        } catch (MemoryRefusedException gone) {
            return 0;
        }
    }

    long cachedBytes() {
        return cache.bytes() + unreturned.chargedBytes();
    }

    long reservedBytes() {
        return bytes.get() + cache.bytes() + unreturned.reservedBytes();
    }

    long acquires() {
        return acquires.get();
    }

    long releases() {
        return releases.get();
    }
}
