/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a pool holds, as text for people. */
final class PoolText {

    private PoolText() {}

    static String of(PoolStatistics pool) {
        List<String> lines = new ArrayList<>();
        lines.add("pool " + pool.poolName() + " (" + pool.memory() + " memory, " + pool.arenas() + " arenas, "
                + pool.threadCaches() + " thread caches)");
        lines.add("  bytes charged " + pool.chargedBytes() + " of at most " + pool.maxBytes()
                + "; acquired " + pool.acquiredBytes() + ", of these large " + pool.largeBytes());
        lines.add(
                "  bytes ready in threads " + pool.cachedInThreadsBytes() + ", in depots " + pool.cachedInDepotsBytes()
                        + ", free in slabs " + pool.freeBytes());
        lines.add("  bytes without pages " + pool.purgedBytes() + "; reserved address space " + pool.reservedBytes());
        lines.add("  acquires " + pool.acquires() + ", releases " + pool.releases() + ", refusals " + pool.refusals()
                + "; magazines exchanged " + pool.exchanges() + ", stolen " + pool.steals() + ", refilled "
                + pool.refills() + "; slabs carved " + pool.carves());
        lines.add("  chunks by size, where there are any:");
        lines.add(row("bytes", "acquired", "in threads", "in depots", "free", "no pages", "carved"));
        for (SizeClassStatistics of : pool.sizeClasses()) {
            if (of.carved() != 0) {
                lines.add(row(of.chunkBytes(), of.acquired(), of.cachedInThreads(), of.cachedInDepots(), of.free(),
                        of.purged(), of.carved()));
            }
        }
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%12s%12s%12s%12s%12s%12s%12s", cells);
    }
}
