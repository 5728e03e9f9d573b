/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import io.magpool.api.PoolStatistics;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** What a pool holds, from time to time. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.PoolStatistics")
@Label("Pool statistics")
@Category("Magpool")
@Description("What a pool holds, and what it has done since it was created")
@Period("10 s")
@StackTrace(false)
final class PoolStatisticsEvent extends PoolEvent {

    @Label("Limit")
    @DataAmount
    long maxBytes;

    @Label("Charged")
    @DataAmount
    long chargedBytes;

    @Label("Set aside")
    @Description("Guaranteed to children and not used by them")
    @DataAmount
    long setAsideBytes;

    @Label("Reserved")
    @DataAmount
    long reservedBytes;

    @Label("Resident")
    @Description("By mincore; -1 where it cannot be told")
    @DataAmount
    long residentBytes;

    @Label("Behind chunks")
    @DataAmount
    long backedBytes;

    @Label("Carved")
    @DataAmount
    long carvedBytes;

    @Label("Acquired")
    @DataAmount
    long acquiredBytes;

    @Label("Asked for")
    @DataAmount
    long askedBytes;

    @Label("Quarantined")
    @DataAmount
    long quarantinedBytes;

    @Label("Lost")
    @DataAmount
    long lostBytes;

    @Label("Cached in threads")
    @DataAmount
    long cachedInThreadsBytes;

    @Label("Cached in depots")
    @DataAmount
    long cachedInDepotsBytes;

    @Label("Free")
    @DataAmount
    long freeBytes;

    @Label("Purged")
    @DataAmount
    long purgedBytes;

    @Label("Large")
    @DataAmount
    long largeBytes;

    @Label("Large, cached")
    @DataAmount
    long cachedLargeBytes;

    @Label("Acquires")
    long acquires;

    @Label("Releases")
    long releases;

    @Label("Exchanges")
    long exchanges;

    @Label("Steals")
    long steals;

    @Label("Refills")
    long refills;

    @Label("Carves")
    long carves;

    @Label("Refusals")
    long refusals;

    @Label("Waits")
    long waits;

    @Label("Waiting")
    long waiting;

    @Label("Children")
    long children;

    @Label("Thread caches")
    long threadCaches;

    @Label("Trims")
    long trims;

    @Label("Trimmed")
    @DataAmount
    long trimmedBytes;

    static void write(PoolStatistics now) {
        PoolStatisticsEvent event = new PoolStatisticsEvent();
        event.pool = now.poolName();
        event.maxBytes = now.maxBytes();
        event.chargedBytes = now.chargedBytes();
        event.setAsideBytes = now.setAsideBytes();
        event.reservedBytes = now.reservedBytes();
        event.residentBytes = now.residentBytes().orElse(-1);
        event.backedBytes = now.backedBytes();
        event.carvedBytes = now.carvedBytes();
        event.acquiredBytes = now.acquiredBytes();
        event.askedBytes = now.askedBytes();
        event.quarantinedBytes = now.quarantinedBytes();
        event.lostBytes = now.lostBytes();
        event.cachedInThreadsBytes = now.cachedInThreadsBytes();
        event.cachedInDepotsBytes = now.cachedInDepotsBytes();
        event.freeBytes = now.freeBytes();
        event.purgedBytes = now.purgedBytes();
        event.largeBytes = now.largeBytes();
        event.cachedLargeBytes = now.cachedLargeBytes();
        event.acquires = now.acquires();
        event.releases = now.releases();
        event.exchanges = now.exchanges();
        event.steals = now.steals();
        event.refills = now.refills();
        event.carves = now.carves();
        event.refusals = now.refusals();
        event.waits = now.waits();
        event.waiting = now.waiting();
        event.children = now.children().size();
        event.threadCaches = now.threadCaches();
        event.trims = now.trims();
        event.trimmedBytes = now.trimmedBytes();
        event.commit();
    }
}
