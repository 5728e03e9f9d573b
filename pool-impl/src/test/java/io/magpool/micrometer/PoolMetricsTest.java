/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.pool.DistinctStatistics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry reads what the statistics say. */
class PoolMetricsTest {

    /** Each meter's term, by hand: the same list in the code would have the same mistakes. */
    private static final Map<String, String> TERMS = Map.ofEntries(
            Map.entry("magpool.bytes.acquired", "acquiredBytes"),
            Map.entry("magpool.bytes.quarantined", "quarantinedBytes"),
            Map.entry("magpool.bytes.lost", "lostBytes"),
            Map.entry("magpool.bytes.threads", "cachedInThreadsBytes"),
            Map.entry("magpool.bytes.depots", "cachedInDepotsBytes"),
            Map.entry("magpool.bytes.free", "freeBytes"),
            Map.entry("magpool.bytes.purged", "purgedBytes"),
            Map.entry("magpool.bytes.large.cached", "cachedLargeBytes"),
            Map.entry("magpool.max", "maxBytes"),
            Map.entry("magpool.charged", "chargedBytes"),
            Map.entry("magpool.set.aside", "setAsideBytes"),
            Map.entry("magpool.reserved", "reservedBytes"),
            Map.entry("magpool.resident", "residentBytes"),
            Map.entry("magpool.asked", "askedBytes"),
            Map.entry("magpool.waiting", "waiting"),
            Map.entry("magpool.thread.caches", "threadCaches"),
            Map.entry("magpool.children", "children"),
            Map.entry("magpool.acquires", "acquires"),
            Map.entry("magpool.releases", "releases"),
            Map.entry("magpool.exchanges", "exchanges"),
            Map.entry("magpool.steals", "steals"),
            Map.entry("magpool.refills", "refills"),
            Map.entry("magpool.carves", "carves"),
            Map.entry("magpool.refusals", "refusals"),
            Map.entry("magpool.waits", "waits"),
            Map.entry("magpool.trims", "trims"),
            Map.entry("magpool.trimmed", "trimmedBytes"));

    /** A setting, and what is a sum of others. */
    private static final Set<String> NOT_METERED = Set.of("arenas", "carvedBytes", "backedBytes", "largeBytes");

    private final AtomicLong clock = new AtomicLong();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BufferPool pool = BufferPool.create(PoolConfig.builder()
            .name("metered")
            .maxBytes(64 << 20)
            .maintenance(PoolConfig.Maintenance.MANUAL)
            .build());

    @AfterEach
    void close() {
        pool.close();
    }

    private void bind() {
        new PoolMetrics(pool, Tags.of("server", "one"), clock::get).bindTo(registry);
    }

    private long bytes(String state) {
        return (long) registry.get("magpool.bytes").tags("pool", "metered", "state", state).gauge().value();
    }

    private long gauge(String name) {
        return (long) registry.get("magpool." + name).tag("pool", "metered").gauge().value();
    }

    private long count(String name) {
        return (long) registry.get("magpool." + name).tags("pool", "metered", "server", "one").functionCounter()
                .count();
    }

    @Test
    void allMetersSayWhatTheStatisticsSay() {
        PooledBuffer held = pool.acquire(1000);
        pool.acquire(3 << 20).release();
        bind();
        PoolStatistics now = pool.statistics();
        assertThat(bytes("acquired")).isEqualTo(1024);
        assertThat(bytes("threads")).isEqualTo(now.cachedInThreadsBytes()).isPositive();
        assertThat(bytes("depots")).isEqualTo(now.cachedInDepotsBytes());
        assertThat(bytes("free")).isEqualTo(now.freeBytes());
        assertThat(bytes("purged")).isEqualTo(now.purgedBytes());
        assertThat(bytes("quarantined")).isZero();
        assertThat(bytes("lost")).isZero();
        assertThat(bytes("large.cached")).isEqualTo(3 << 20);
        assertThat(gauge("max")).isEqualTo(64 << 20);
        assertThat(gauge("charged")).isEqualTo(now.chargedBytes());
        assertThat(gauge("reserved")).isEqualTo(now.reservedBytes());
        assertThat(gauge("asked")).isEqualTo(1000);
        assertThat(registry.find("magpool.resident").gauge() != null).isEqualTo(now.residentBytes().isPresent());
        assertThat(gauge("waiting")).isZero();
        assertThat(gauge("thread.caches")).isEqualTo(1);
        assertThat(count("acquires")).isEqualTo(2);
        assertThat(count("releases")).isEqualTo(1);
        assertThat(count("exchanges")).isEqualTo(now.exchanges());
        assertThat(count("refills")).isEqualTo(1);
        assertThat(count("carves")).isEqualTo(1);
        assertThat(count("steals") + count("refusals") + count("waits") + count("trims") + count("trimmed")).isZero();
        held.release();
    }

    @Test
    void eachMeterIsTheTermThatItSays() {
        BufferPool distinct = DistinctStatistics.pool("distinct");
        new PoolMetrics(distinct).bindTo(registry);
        Map<String, Long> left = DistinctStatistics.terms();
        for (Meter meter : registry.getMeters()) {
            String state = meter.getId().getTag("state");
            String name = meter.getId().getName() + (state == null ? "" : "." + state);
            String term = TERMS.get(name);
            assertThat(term).as(name).isNotNull();
            assertThat(meter.measure().iterator().next().getValue()).as(name)
                    .isEqualTo((double) Objects.requireNonNull(left.remove(term), term));
            assertThat("bytes".equals(meter.getId().getBaseUnit())).as("unit of %s", name)
                    .isEqualTo(term.endsWith("Bytes"));
        }
        left.keySet().removeAll(NOT_METERED);
        assertThat(left).as("terms without a meter").isEmpty();
        assertThat(distinct).isNotNull(); // the registry holds it weakly
    }

    @Test
    void theMetersOfAScrapeAreOfOneMoment() {
        bind();
        PooledBuffer held = pool.acquire(1000);
        assertThat(bytes("acquired")).as("as when it was taken").isZero();
        clock.addAndGet(RecentStatistics.MAX_AGE + 1);
        assertThat(bytes("acquired")).isEqualTo(1024);
        held.release();
    }

    @Test
    void aWalkThatTakesLongIsSharedToo() {
        AtomicInteger walks = new AtomicInteger();
        BufferPool slow = (BufferPool) Proxy.newProxyInstance(
                BufferPool.class.getClassLoader(), new Class<?>[]{BufferPool.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("statistics");
                    walks.incrementAndGet();
                    clock.addAndGet(2 * RecentStatistics.MAX_AGE);
                    return pool.statistics();
                });
        RecentStatistics recent = new RecentStatistics(clock::get);
        assertThat(recent.of(slow)).isSameAs(recent.of(slow));
        assertThat(walks).hasValue(1);
        clock.addAndGet(RecentStatistics.MAX_AGE + 1);
        recent.of(slow);
        assertThat(walks).hasValue(2);
    }

    @Test
    void theRegistryDoesNotKeepAPoolAlive() {
        bind();
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> assertThat(meter.getId().getTag("pool"))
                .isEqualTo("metered"));
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        bindOneThatIsForgotten(other);
        Gauge max = other.get("magpool.max").gauge();
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!Double.isNaN(max.value())) {
            System.gc();
            assertThat(System.nanoTime()).as("the pool is still held, " + max.value()).isLessThan(deadline);
        }
    }

    private static void bindOneThatIsForgotten(SimpleMeterRegistry registry) {
        BufferPool forgotten = BufferPool.create(PoolConfig.builder().name("forgotten").maxBytes(4 << 20).build());
        new PoolMetrics(forgotten).bindTo(registry);
        forgotten.close();
    }
}
