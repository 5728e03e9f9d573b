/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.PoolStatistics;
import io.magpool.api.SizeClassStatistics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the picture of a pool as one page that needs nothing else. The page's frame, its style and the script that draws are a
 * resource, {@code dump.html}; here the numbers are put in.
 *
 * <p>The chunks come as run lengths, a line for each slab, and the script draws them on a canvas: a pool of 1 GiB may have
 * millions of chunks, and elements for each would choke any browser. What is text is in the page itself, and readable without the script.
 */
public final class HtmlDump {

    private final PoolPicture picture;
    private final PoolStatistics now;

    private HtmlDump(PoolPicture picture) {
        this.picture = picture;
        this.now = picture.statistics();
    }

    /**
     * Writes a page.
     *
     * @param picture of a pool
     * @return the page
     */
    public static String of(PoolPicture picture) {
        return new HtmlDump(picture).write();
    }

    private String write() {
        int slabs = picture.parts().stream().mapToInt(part -> part.slabs().size()).sum();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("name", escape(now.poolName()));
        parts.put("taken", picture.taken().truncatedTo(ChronoUnit.SECONDS).toString());
        parts.put("about", escape("memory " + now.memory() + ", barrier " + now.barrier() + ", " + now.arenas()
                + (now.arenas() == 1 ? " arena, " : " arenas, ") + now.threadCaches() + " thread caches, "
                + slabs + " slabs"));
        parts.put("tiles", tiles());
        parts.put("bar", StackedBar.of(now));
        parts.put("legend", legend());
        parts.put("together", together());
        parts.put("data", data());
        parts.put("table", escape(now.table()));
        parts.put("sites", sites());
        return fill(template(), parts);
    }

    private static String template() {
        try (InputStream page = HtmlDump.class.getResourceAsStream("dump.html")) {
            if (page == null) {
                throw new IllegalStateException("the resource dump.html is missing beside " + HtmlDump.class);
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** In one pass, so that nothing that a part contains is taken for the name of another. */
    private static String fill(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        int at = 0;
        for (int mark = template.indexOf("{{"); mark >= 0; mark = template.indexOf("{{", at)) {
            int end = template.indexOf("}}", mark);
            String name = template.substring(mark + 2, end);
            page.append(template, at, mark).append(parts.getOrDefault(name, ""));
            at = end + 2;
        }
        return page.append(template, at, template.length()).toString();
    }

    private String tiles() {
        StringBuilder tiles = new StringBuilder();
        tile(tiles, "acquired", now.acquiredBytes(), percent(now.acquiredBytes(), now.maxBytes()) + " of the limit");
        tile(
                tiles,
                "asked for",
                now.askedBytes(),
                percent(now.acquiredBytes() - now.askedBytes(), now.acquiredBytes())
                        + " of the acquired is waste inside");
        tile(tiles, "charged", now.chargedBytes(), percent(now.chargedBytes(), now.maxBytes()) + " of the limit");
        now.residentBytes()
                .ifPresent(resident -> tile(
                        tiles, "resident", resident, percent(resident, now.chargedBytes()) + " of the charged"));
        tile(tiles, "large buffers", now.largeBytes(), bytes(now.cachedLargeBytes()) + " kept for the next ones");
        tile(tiles, "limit", now.maxBytes(), bytes(now.reservedBytes()) + " of address space reserved");
        return tiles.toString();
    }

    private static void tile(StringBuilder tiles, String name, long value, String beside) {
        tiles.append("<div class=tile><span>").append(name).append("</span><b>").append(bytes(value))
                .append("</b><small>").append(beside).append("</small></div>\n");
    }

    private static String legend() {
        StringBuilder legend = new StringBuilder();
        for (Whereabouts where : Whereabouts.values()) {
            legend.append("<li><i class=\"").append(where.code()).append("\"></i>").append(where.words())
                    .append("</li>\n");
        }
        return legend.toString();
    }

    /** What a parent's page shows in one, and what apart. */
    private String together() {
        if (picture.parts().size() == 1) {
            return "";
        }
        return "<p>Figures are of this pool and its children together. Slabs and places of acquisition are drawn and listed pool by"
                + " pool, since each has slabs of its own.</p>\n";
    }

    /** Each pool, of it each class, of that its slabs: number, arena, runs of chunks, runs of pages. Names need no escape. */
    private String data() {
        return picture.parts().stream()
                .map(part -> "{\"name\":\"" + part.name() + "\",\"classes\":[" + classes(part) + "]}")
                .collect(Collectors.joining(",\n", "[", "]"));
    }

    private static String classes(PoolPicture.Part part) {
        Map<Integer, List<SlabPicture>> byClass = new TreeMap<>();
        for (SlabPicture slab : part.slabs()) {
            byClass.computeIfAbsent(slab.chunkBytes(), size -> new ArrayList<>()).add(slab);
        }
        StringBuilder data = new StringBuilder();
        byClass.forEach((size, slabs) -> {
            data.append(data.isEmpty() ? "" : ",\n").append("{\"size\":").append(size).append(",\"chunks\":")
                    .append(slabs.getFirst().chunks().size()).append(",\"note\":\"").append(note(part, size))
                    .append("\",\"slabs\":[");
            for (SlabPicture slab : slabs) {
                data.append(slab.equals(slabs.getFirst()) ? "\n" : ",\n").append('[').append(slab.number()).append(',')
                        .append(slab.arena()).append(",\"").append(slab.chunkRuns()).append("\",\"")
                        .append(slab.pageRuns()).append("\"]");
            }
            data.append("]}");
        });
        return data.toString();
    }

    private static String note(PoolPicture.Part part, int size) {
        for (SizeClassStatistics sizeClass : part.sizeClasses()) {
            if (sizeClass.chunkBytes() == size) {
                return String.format(
                        Locale.ROOT,
                        "%,d acquired, %,d in threads, %,d in depots, %,d free, %,d purged",
                        sizeClass.acquired(),
                        sizeClass.cachedInThreads(),
                        sizeClass.cachedInDepots(),
                        sizeClass.free(),
                        sizeClass.purged());
            }
        }
        return "";
    }

    private String sites() {
        StringBuilder sites = new StringBuilder();
        for (PoolPicture.Part part : picture.parts()) {
            if (picture.parts().size() > 1 && !part.sites().isEmpty()) {
                sites.append("pool ").append(escape(part.name())).append('\n');
            }
            for (AcquisitionSite site : part.sites()) {
                sites.append(escape(site.text())).append('\n');
            }
        }
        return sites.isEmpty()
                ? "Nothing that is followed is out. See the settings safety and leakDetection."
                : sites.toString();
    }

    static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
    }

    static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
