/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** All chunks of a pool in one bar, each place as long as its bytes. */
final class StackedBar {

    private StackedBar() {}

    static String of(PoolStatistics now) {
        Map<Whereabouts, Long> bytes = new EnumMap<>(Whereabouts.class);
        bytes.put(Whereabouts.ACQUIRED, ofChunks(now, SizeClassStatistics::acquired));
        bytes.put(Whereabouts.QUARANTINED, ofChunks(now, SizeClassStatistics::quarantined));
        bytes.put(Whereabouts.LOST, ofChunks(now, SizeClassStatistics::lost));
        bytes.put(Whereabouts.IN_THREAD, now.cachedInThreadsBytes());
        bytes.put(Whereabouts.IN_DEPOT, now.cachedInDepotsBytes());
        bytes.put(Whereabouts.FREE, now.freeBytes());
        bytes.put(Whereabouts.PURGED, now.purgedBytes());
        StringBuilder bar = new StringBuilder();
        bytes.forEach((where, size) -> {
            if (size != 0) {
                String text = where.words() + ": " + HtmlDump.bytes(size) + ", "
                        + HtmlDump.percent(size, now.carvedBytes());
                bar.append("<div class=\"").append(where.code()).append("\" style=\"flex:").append(size)
                        .append("\" title=\"").append(text).append("\"></div>\n");
            }
        });
        return bar.toString();
    }

    private static long ofChunks(PoolStatistics now, ToLongFunction<SizeClassStatistics> chunks) {
        return now.sizeClasses().stream().mapToLong(c -> chunks.applyAsLong(c) * c.chunkBytes()).sum();
    }
}
