/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import io.magpool.api.Incident;
import io.magpool.api.Incident.Kind;
import io.magpool.api.IncidentListener;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a pool reports, counted by kind, with the first report of each kind. */
final class Reports implements IncidentListener {

    private final Map<Kind, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final Map<Kind, Incident> first = new ConcurrentSkipListMap<>();

    @Override
    public void found(Incident incident) {
        first.putIfAbsent(incident.kind(), incident);
        counts.computeIfAbsent(incident.kind(), kind -> new LongAdder()).increment();
    }

    long count(Kind kind) {
        LongAdder count = counts.get(kind);
        return count == null ? 0 : count.sum();
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The first of each kind. */
    Map<Kind, Incident> examples() {
        return first;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
