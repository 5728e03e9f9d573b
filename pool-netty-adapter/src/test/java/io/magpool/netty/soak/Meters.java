/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolStatistics;
import io.magpool.micrometer.PoolMetrics;
import io.magpool.netty.Eventually;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/** A registry of Micrometer that has all pools, and is scraped. */
final class Meters {

    private static final List<String> STATES =
            List.of("acquired", "quarantined", "lost", "threads", "depots", "free", "purged", "large.cached");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long scrapes;

    Meters(List<BufferPool> pools) {
        pools.forEach(pool -> new PoolMetrics(pool).bindTo(registry));
    }

    /** Reads every meter. */
    void scrape() {
        for (Meter meter : registry.getMeters()) {
            for (Measurement measurement : meter.measure()) {
                assertThat(measurement.getValue()).as("%s", meter.getId()).isGreaterThanOrEqualTo(0);
            }
        }
        scrapes++;
    }

    /** When the pool is quiet: its meters come to say what its statistics say. */
    void assertAgree(BufferPool pool) {
        PoolStatistics now = pool.statistics();
        Eventually.isTrue("meters of " + pool, () -> seen(now).equals(told(now)),
                () -> seen(now) + ", not " + told(now));
    }

    private static List<Long> told(PoolStatistics now) {
        long sum = now.acquiredBytes() + now.quarantinedBytes() + now.lostBytes() + now.cachedInThreadsBytes()
                + now.cachedInDepotsBytes() + now.freeBytes() + now.purgedBytes() + now.cachedLargeBytes();
        return List.of(now.acquires(), now.releases(), now.refusals(), now.chargedBytes(), sum);
    }

    private List<Long> seen(PoolStatistics now) {
        long sum = STATES.stream()
                .mapToLong(state -> (long) registry.get("magpool.bytes")
                        .tags("pool", now.poolName(), "state", state)
                        .gauge()
                        .value())
                .sum();
        return List.of(count("acquires", now), count("releases", now), count("refusals", now), gauge("charged", now),
                sum);
    }

    private long count(String name, PoolStatistics now) {
        FunctionCounter counter = registry.get("magpool." + name).tag("pool", now.poolName()).functionCounter();
        return (long) counter.count();
    }

    private long gauge(String name, PoolStatistics now) {
        return (long) registry.get("magpool." + name).tag("pool", now.poolName()).gauge().value();
    }

    long scrapes() {
        return scrapes;
    }
}
