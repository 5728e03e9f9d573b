/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.AcquisitionSite;
import io.magpool.api.PooledBuffer;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The acquisitions that are out, and those that are lost.
 *
 * <p>A handle that became unreachable arrives in a queue of the JVM, which is asked when something is acquired, counted or
 * closed: no thread waits for it. Its acquisition goes from those that are out to those that are lost, where it keeps the
 * memory: somebody may have the address still.
 */
final class Ledger {

    static final Comparator<AcquisitionSite> MOST_BYTES_FIRST =
            Comparator.comparingLong(AcquisitionSite::bytes).reversed();

    private final ReferenceQueue<FollowedBuffer> unreachable = new ReferenceQueue<>();
    private final Set<Acquisition> out = ConcurrentHashMap.newKeySet();
    private final Set<Acquisition> lost = ConcurrentHashMap.newKeySet();
    private final Set<List<StackTraceElement>> reported = ConcurrentHashMap.newKeySet();
    private final Incidents incidents;

    Ledger(Incidents incidents) {
        this.incidents = incidents;
    }

    Acquisition enter(FollowedBuffer handle, PooledBuffer inner, Lifetime life, boolean checked) {
        Acquisition acquisition = new Acquisition(handle, unreachable, inner, life, checked);
        out.add(acquisition);
        return acquisition;
    }

    void strike(Acquisition acquisition) {
        out.remove(acquisition);
    }

    /** What is lost, as the pool behind knows it. */
    List<PooledBuffer> lost() {
        return lost.stream().map(Acquisition::inner).toList();
    }

    void keepLost(Acquisition acquisition) {
        lost.add(acquisition);
    }

    /** Takes what became unreachable, reports it once for each place, and returns it. */
    List<Acquisition> takeUnreachable() {
        Reference<? extends FollowedBuffer> next = unreachable.poll();
        if (next == null) {
            return List.of();
        }
        List<Acquisition> leaked = new ArrayList<>();
        for (; next != null; next = unreachable.poll()) {
            if (next instanceof Acquisition acquisition && acquisition.release(Stack.NONE) == null) {
                strike(acquisition);
                leaked.add(acquisition);
            }
        }
        byPlace(leaked).forEach(this::reportOnce);
        return leaked;
    }

    private void reportOnce(List<StackTraceElement> place, List<Acquisition> leaked) {
        if (reported.add(place)) {
            long bytes = leaked.stream().mapToLong(Acquisition::capacity).sum();
            leaked.stream()
                    .max(Comparator.comparingLong(Acquisition::capacity))
                    .ifPresent(largest -> incidents.leaked(largest, leaked.size(), bytes));
        }
    }

    void reportOverdue(long limitNanos, long now) {
        for (Acquisition acquisition : out) {
            if (acquisition.age(now).toNanos() > limitNanos && acquisition.isOut() && acquisition.tryMarkOverdue()) {
                incidents.heldTooLong(acquisition);
            }
        }
    }

    /** Where what is out or lost was acquired, that of the most bytes first. */
    List<AcquisitionSite> sites(long now) {
        List<Acquisition> all = new ArrayList<>(out);
        all.addAll(lost);
        return byPlace(all).entrySet().stream()
                .map(entry -> site(entry.getKey(), entry.getValue(), now))
                .sorted(MOST_BYTES_FIRST)
                .toList();
    }

    private AcquisitionSite site(List<StackTraceElement> place, List<Acquisition> acquisitions, long now) {
        long bytes = 0;
        long lostOnes = 0;
        Duration age = Duration.ZERO;
        String thread = "";
        for (Acquisition acquisition : acquisitions) {
            bytes += acquisition.capacity();
            lostOnes += lost.contains(acquisition) ? 1 : 0;
            if (thread.isEmpty() || acquisition.age(now).compareTo(age) > 0) {
                age = acquisition.age(now);
                thread = acquisition.acquired().thread();
            }
        }
        return new AcquisitionSite(place, thread, acquisitions.size(), bytes, age, lostOnes);
    }

    private static Map<List<StackTraceElement>, List<Acquisition>> byPlace(List<Acquisition> acquisitions) {
        Map<List<StackTraceElement>, List<Acquisition>> places = new HashMap<>();
        for (Acquisition acquisition : acquisitions) {
            places.computeIfAbsent(acquisition.acquired().elements(), place -> new ArrayList<>()).add(acquisition);
        }
        return places;
    }
}
