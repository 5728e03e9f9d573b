/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Writes statistics as a table: each term on a line of its own, and the lines add up. */
final class StatisticsTable {

    private final PoolStatistics now;
    private final StringBuilder text = new StringBuilder();

    private StatisticsTable(PoolStatistics now) {
        this.now = now;
    }

    static String of(PoolStatistics now) {
        return new StatisticsTable(now).write();
    }

    private String write() {
        text.append("pool ").append(now.poolName()).append(": memory ").append(now.memory()).append(", barrier ")
                .append(now.barrier()).append(", arenas ").append(now.arenas()).append(", thread caches ")
                .append(now.threadCaches()).append('\n');
        line("  limit", now.maxBytes(), "bytes");
        if (now.setAsideBytes() != 0) {
            line("  set aside", now.setAsideBytes(), "bytes: guaranteed to children, and not used by them");
        }
        line("  reserved", now.reservedBytes(), "bytes of address space");
        line("  resident", now.residentBytes(), "bytes that the process has in memory of all this");
        text.append("what counts against the limit, in bytes\n");
        line("  behind chunks", now.backedBytes(), "pages handed out and not given back since");
        line("+ large, acquired", now.largeBytes(), "");
        line("+ large, quarantined", now.quarantinedBytes() - bytes(SizeClassStatistics::quarantined), "");
        line("+ large, lost", now.lostBytes() - bytes(SizeClassStatistics::lost), "");
        line("+ large, cached", now.cachedLargeBytes(), "");
        line("= charged", now.chargedBytes(), "");
        text.append("chunks up to the largest size class, in bytes\n");
        line("  acquired", bytes(SizeClassStatistics::acquired), "");
        line("+ quarantined", bytes(SizeClassStatistics::quarantined), "");
        line("+ lost", bytes(SizeClassStatistics::lost), "");
        line("+ cached in threads", now.cachedInThreadsBytes(), "");
        line("+ cached in depots", now.cachedInDepotsBytes(), "");
        line("+ free", now.freeBytes(), "");
        line("+ purged", now.purgedBytes(), "");
        line("= carved", now.carvedBytes(), "");
        text.append("what users hold, in bytes\n");
        line("  asked for", now.askedBytes(), "");
        line("+ waste inside", now.acquiredBytes() - now.askedBytes(), "sizes are rounded up");
        line("= acquired", now.acquiredBytes(), "");
        text.append("operations since the pool was created\n");
        line("  acquires", now.acquires(), "");
        line("  releases", now.releases(), "");
        line("  exchanges", now.exchanges(), "magazines from or to a depot");
        line("  steals", now.steals(), "magazines from a neighbour");
        line("  refills", now.refills(), "magazines from a slab");
        line("  carves", now.carves(), "slabs cut into chunks");
        line("  refusals", now.refusals(), "acquires that the limit refused");
        line("  waits", now.waits(), "acquires that stood in line");
        line("  waiting", now.waiting(), "in line now");
        line("  trims", now.trims(), "times that memory was given back");
        line("  trimmed", now.trimmedBytes(), "bytes");
        writeClasses();
        writeArenas();
        writeChildren();
        return text.toString();
    }

    private void writeClasses() {
        text.append("chunks by size class, of classes that are or were used; trimmed in bytes\n");
        row(
                "bytes",
                "acquired",
                "quarantined",
                "lost",
                "threads",
                "depots",
                "free",
                "purged",
                "= carved",
                "asked",
                "acquires",
                "releases",
                "exchanges",
                "refills",
                "carves",
                "steals",
                "refusals",
                "waits",
                "trimmed");
        List<SizeClassStatistics> carved = now.sizeClasses().stream().filter(StatisticsTable::isUsed).toList();
        for (SizeClassStatistics c : carved) {
            row(
                    c.chunkBytes(),
                    c.acquired(),
                    c.quarantined(),
                    c.lost(),
                    c.cachedInThreads(),
                    c.cachedInDepots(),
                    c.free(),
                    c.purged(),
                    c.carved(),
                    c.askedBytes(),
                    c.acquires(),
                    c.releases(),
                    c.exchanges(),
                    c.refills(),
                    c.carves(),
                    c.steals(),
                    c.refusals(),
                    c.waits(),
                    c.trimmedBytes());
        }
    }

    private static boolean isUsed(SizeClassStatistics c) {
        return c.carved() + c.refusals() + c.waits() + c.trimmedBytes() != 0;
    }

    private void writeArenas() {
        text.append("bytes by arena, of the chunks of its slabs\n");
        row("arena", "slabs", "outside", "free", "purged", "= carved", "charged", "in depots", "refills", "carves",
                "steals", "trimmed");
        for (ArenaStatistics a : now.byArena()) {
            row(
                    a.arena(),
                    a.slabs(),
                    a.outsideBytes(),
                    a.freeBytes(),
                    a.purgedBytes(),
                    a.carvedBytes(),
                    a.backedBytes(),
                    a.cachedInDepotsBytes(),
                    a.refills(),
                    a.carves(),
                    a.steals(),
                    a.trimmedBytes());
        }
    }

    private void line(String name, OptionalLong value, String meaning) {
        if (value.isPresent()) {
            line(name, value.getAsLong(), meaning);
        } else {
            text.append(String.format(Locale.ROOT, "  %-20s%20s", name, "-")).append("  cannot be told here\n");
        }
    }

    private void writeChildren() {
        if (!now.children().isEmpty()) {
            text.append("children, which all of the above includes, in bytes\n");
            row("limit", "charged", "set aside", "acquired", "refusals", "name");
            for (PoolStatistics child : now.children()) {
                row(
                        child.maxBytes(),
                        child.chargedBytes(),
                        child.setAsideBytes(),
                        child.acquiredBytes(),
                        child.refusals(),
                        child.poolName());
            }
        }
    }

    private void line(String name, long value, String meaning) {
        text.append(String.format(Locale.ROOT, "  %-20s%,20d", name, value));
        text.append(meaning.isEmpty() ? "" : "  " + meaning).append('\n');
    }

    private void row(Object first, Object... others) {
        text.append(String.format(Locale.ROOT, "  %9s", first));
        for (Object other : others) {
            text.append(String.format(Locale.ROOT, " %11s", other));
        }
        text.append('\n');
    }

    private long bytes(ToLongFunction<SizeClassStatistics> chunks) {
        return now.sizeClasses().stream().mapToLong(c -> chunks.applyAsLong(c) * c.chunkBytes()).sum();
    }
}
