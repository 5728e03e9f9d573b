/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.micrometer;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A pool's statistics as meters: {@code new PoolMetrics(pool).bindTo(registry)}.
 *
 * <table>
 * <caption>Meters, each with the tag {@code pool}</caption>
 * <tr><th>name</th><th>what</th></tr>
 * <tr><td>{@code magpool.bytes}, tag {@code state}</td><td>where memory is: {@code acquired}, {@code quarantined}, {@code lost},
 * {@code threads}, {@code depots}, {@code free}, {@code purged}, {@code large.cached}; disjoint</td></tr>
 * <tr><td>{@code magpool.max}, {@code .charged}, {@code .set.aside}, {@code .reserved}, {@code .resident},
 * {@code .asked}</td><td>bytes; set aside for children; resident only where it can be told</td></tr>
 * <tr><td>{@code magpool.waiting}, {@code magpool.thread.caches}</td><td>numbers of threads</td></tr>
 * <tr><td>{@code magpool.children}</td><td>how many; each is bound as a pool of its own</td></tr>
 * <tr><td>{@code magpool.acquires}, {@code .releases}, {@code .exchanges}, {@code .steals}, {@code .refills}, {@code .carves},
 * {@code .refusals}, {@code .waits}, {@code .trims}, {@code .trimmed}</td><td>counters; trimmed in bytes</td></tr>
 * </table>
 *
 * <p>As is usual for meters, the registry holds the pool weakly: keep it, and close it when it is not needed any more. The meters of
 * a scrape share one walk through the pool. May be bound to several registries, on any thread.
 */
@SuppressWarnings("exports") // Micrometer is optional, and who calls this has it
public final class PoolMetrics implements MeterBinder {

    private final BufferPool pool;
    private final Iterable<Tag> tags;
    private final RecentStatistics recent;

    /**
     * Binds nothing yet.
     *
     * @param pool is shown
     */
    public PoolMetrics(BufferPool pool) {
        this(pool, Tags.empty());
    }

    /**
     * Binds nothing yet.
     *
     * @param pool is shown
     * @param tags of all meters, besides {@code pool}
     */
    public PoolMetrics(BufferPool pool, Iterable<Tag> tags) {
        this(pool, tags, System::nanoTime);
    }

    PoolMetrics(BufferPool pool, Iterable<Tag> tags, LongSupplier nanoTime) {
        this.pool = pool;
        this.tags = tags;
        this.recent = new RecentStatistics(nanoTime);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        PoolStatistics now = recent.of(pool);
        Tags all = Tags.of(tags).and("pool", now.poolName());
        bindStates(registry, all);
        bytes(registry, all, "max", "The limit", PoolStatistics::maxBytes);
        bytes(registry, all, "charged", "What counts against the limit", PoolStatistics::chargedBytes);
        bytes(registry, all, "set.aside", "Guaranteed to children and not used by them", PoolStatistics::setAsideBytes);
        bytes(registry, all, "reserved", "Address space", PoolStatistics::reservedBytes);
        bytes(registry, all, "asked", "What users asked for of what they hold", PoolStatistics::askedBytes);
        if (now.residentBytes().isPresent()) {
            bytes(registry, all, "resident", "What is in memory", later -> later.residentBytes().orElse(0));
        }
        gauge(registry, all, "waiting", "In line for room", "threads", PoolStatistics::waiting);
        gauge(registry, all, "thread.caches", "Threads that have a cache", "threads", PoolStatistics::threadCaches);
        gauge(registry, all, "children", "Pools within this one", "pools", later -> later.children().size());
        bindCounters(registry, all);
    }

    private void bindStates(MeterRegistry registry, Tags all) {
        state(registry, all, "acquired", PoolStatistics::acquiredBytes);
        state(registry, all, "quarantined", PoolStatistics::quarantinedBytes);
        state(registry, all, "lost", PoolStatistics::lostBytes);
        state(registry, all, "threads", PoolStatistics::cachedInThreadsBytes);
        state(registry, all, "depots", PoolStatistics::cachedInDepotsBytes);
        state(registry, all, "free", PoolStatistics::freeBytes);
        state(registry, all, "purged", PoolStatistics::purgedBytes);
        state(registry, all, "large.cached", PoolStatistics::cachedLargeBytes);
    }

    private void bindCounters(MeterRegistry registry, Tags all) {
        count(registry, all, "acquires", "Buffers acquired", PoolStatistics::acquires);
        count(registry, all, "releases", "Buffers released", PoolStatistics::releases);
        count(registry, all, "exchanges", "Magazines from or to a depot", PoolStatistics::exchanges);
        count(registry, all, "steals", "Magazines from a neighbour", PoolStatistics::steals);
        count(registry, all, "refills", "Magazines filled from a slab", PoolStatistics::refills);
        count(registry, all, "carves", "Slabs cut into chunks", PoolStatistics::carves);
        count(registry, all, "refusals", "Acquires that the limit refused", PoolStatistics::refusals);
        count(registry, all, "waits", "Acquires that stood in line", PoolStatistics::waits);
        count(registry, all, "trims", "Times that memory was given back", PoolStatistics::trims);
        counter(registry, all, "trimmed", "Memory that was given back", BaseUnits.BYTES, PoolStatistics::trimmedBytes);
    }

    private void state(MeterRegistry registry, Tags all, String state, ToLongFunction<PoolStatistics> term) {
        bytes(registry, all.and("state", state), "bytes", "Where memory is", term);
    }

    private void bytes(
            MeterRegistry registry, Tags all, String name, String what, ToLongFunction<PoolStatistics> term) {
        gauge(registry, all, name, what, BaseUnits.BYTES, term);
    }

    private void gauge(
            MeterRegistry registry,
            Tags all,
            String name,
            String what,
            String unit,
            ToLongFunction<PoolStatistics> term) {
        RecentStatistics shared = recent; // the registry shall hold that, and not this, which holds the pool
        Gauge.builder("magpool." + name, pool, shown -> term.applyAsLong(shared.of(shown)))
                .tags(all)
                .description(what)
                .baseUnit(unit)
                .register(registry);
    }

    private void count(
            MeterRegistry registry, Tags all, String name, String what, ToLongFunction<PoolStatistics> term) {
        counter(registry, all, name, what, null, term);
    }

    private void counter(
            MeterRegistry registry,
            Tags all,
            String name,
            String what,
            @Nullable String unit,
            ToLongFunction<PoolStatistics> term) {
        RecentStatistics shared = recent;
        FunctionCounter.builder("magpool." + name, pool, shown -> term.applyAsLong(shared.of(shown)))
                .tags(all)
                .description(what)
                .baseUnit(unit)
                .register(registry);
    }
}
