/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.insight;

import io.magpool.api.ArenaStatistics;
import io.magpool.api.SizeClassStatistics;
import java.util.Map;
import java.util.TreeMap;

/** The terms of a size class or an arena in the form that JMX can hand to any client: numbers by their names. */
final class TermsByName {

    private TermsByName() {}

    static Map<String, Long> of(SizeClassStatistics sizeClass) {
        Map<String, Long> terms = new TreeMap<>();
        terms.put("chunkBytes", (long) sizeClass.chunkBytes());
        terms.put("magazineCapacity", (long) sizeClass.magazineCapacity());
        terms.put("carved", sizeClass.carved());
        terms.put("acquired", sizeClass.acquired());
        terms.put("quarantined", sizeClass.quarantined());
        terms.put("lost", sizeClass.lost());
        terms.put("cachedInThreads", sizeClass.cachedInThreads());
        terms.put("cachedInDepots", sizeClass.cachedInDepots());
        terms.put("free", sizeClass.free());
        terms.put("purged", sizeClass.purged());
        terms.put("askedBytes", sizeClass.askedBytes());
        terms.put("acquires", sizeClass.acquires());
        terms.put("releases", sizeClass.releases());
        terms.put("exchanges", sizeClass.exchanges());
        terms.put("refills", sizeClass.refills());
        terms.put("carves", sizeClass.carves());
        terms.put("steals", sizeClass.steals());
        terms.put("refusals", sizeClass.refusals());
        terms.put("waits", sizeClass.waits());
        terms.put("trimmedBytes", sizeClass.trimmedBytes());
        return terms;
    }

    static Map<String, Long> of(ArenaStatistics arena) {
        Map<String, Long> terms = new TreeMap<>();
        terms.put("arena", (long) arena.arena());
        terms.put("slabs", (long) arena.slabs());
        terms.put("carvedBytes", arena.carvedBytes());
        terms.put("outsideBytes", arena.outsideBytes());
        terms.put("freeBytes", arena.freeBytes());
        terms.put("purgedBytes", arena.purgedBytes());
        terms.put("backedBytes", arena.backedBytes());
        terms.put("cachedInDepotsBytes", arena.cachedInDepotsBytes());
        terms.put("refills", arena.refills());
        terms.put("carves", arena.carves());
        terms.put("steals", arena.steals());
        terms.put("trimmedBytes", arena.trimmedBytes());
        return terms;
    }
}
