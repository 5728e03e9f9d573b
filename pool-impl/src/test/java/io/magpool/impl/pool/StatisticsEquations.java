/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.ArenaStatistics;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import java.util.function.ToLongFunction;

/** What must hold to the byte of each quiet pool, whatever its history. */
final class StatisticsEquations {

    private StatisticsEquations() {}

    static void assertHold(PoolStatistics now) {
        long largeWithheld = now.quarantinedBytes() + now.lostBytes()
                - chunkBytes(now, c -> c.quarantined() + c.lost());
        assertThat(now.backedBytes() + now.largeBytes() + largeWithheld + now.cachedLargeBytes())
                .as("what is charged, by what for: " + now)
                .isEqualTo(now.chargedBytes());
        long waste = now.acquiredBytes() - now.askedBytes();
        assertThat(waste).as("waste").isNotNegative();
        now.residentBytes()
                .ifPresent(resident -> assertThat(resident).as("resident").isBetween(0L, now.chargedBytes()));
        assertThat(now.carvedBytes()).isEqualTo(sum(now, ArenaStatistics::carvedBytes));
        assertThat(now.freeBytes()).isEqualTo(sum(now, ArenaStatistics::freeBytes));
        assertThat(now.purgedBytes()).isEqualTo(sum(now, ArenaStatistics::purgedBytes));
        assertThat(now.backedBytes()).isEqualTo(sum(now, ArenaStatistics::backedBytes));
        assertThat(now.cachedInDepotsBytes()).isEqualTo(sum(now, ArenaStatistics::cachedInDepotsBytes));
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::refills).sum())
                .isEqualTo(now.refills())
                .as("the rest is of children that are gone, and their arenas")
                .isGreaterThanOrEqualTo(sum(now, ArenaStatistics::refills));
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::carves).sum())
                .isEqualTo(now.carves())
                .isGreaterThanOrEqualTo(sum(now, ArenaStatistics::carves));
        for (SizeClassStatistics c : now.sizeClasses()) {
            assertThat(c.acquires() - c.releases()).as("acquires - releases: " + c).isEqualTo(c.acquired() + c.lost());
        }
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::acquires).sum())
                .as("acquires by class; the rest is of large buffers")
                .isLessThanOrEqualTo(now.acquires());
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::exchanges).sum())
                .as("exchanges by class")
                .isEqualTo(now.exchanges());
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::steals).sum())
                .isEqualTo(now.steals())
                .isGreaterThanOrEqualTo(sum(now, ArenaStatistics::steals));
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::trimmedBytes).sum())
                .isGreaterThanOrEqualTo(sum(now, ArenaStatistics::trimmedBytes))
                .as("the rest is of large buffers")
                .isLessThanOrEqualTo(now.trimmedBytes());
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::refusals).sum())
                .as("refusals by class")
                .isLessThanOrEqualTo(now.refusals());
        assertThat(now.sizeClasses().stream().mapToLong(SizeClassStatistics::waits).sum())
                .as("waits by class")
                .isLessThanOrEqualTo(now.waits());
        for (ArenaStatistics arena : now.byArena()) {
            assertThat(arena.outsideBytes() + arena.freeBytes() + arena.purgedBytes())
                    .as("arena " + arena)
                    .isEqualTo(arena.carvedBytes());
        }
    }

    private static long chunkBytes(PoolStatistics now, ToLongFunction<SizeClassStatistics> chunks) {
        return now.sizeClasses().stream().mapToLong(c -> chunks.applyAsLong(c) * c.chunkBytes()).sum();
    }

    private static long sum(PoolStatistics now, ToLongFunction<ArenaStatistics> term) {
        return now.byArena().stream().mapToLong(term).sum();
    }
}
