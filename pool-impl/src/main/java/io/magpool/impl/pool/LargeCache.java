/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mappings of released large buffers, for the next one of about that size: to unmap, map and touch a mapping again costs
 * more than all else about a large buffer. A policy without a clock, a charge or a call to the system: the time is passed in,
 * and what does not fit or goes is handed to the caller, who gives it back outside the lock (invariant 5).
 *
 * <p>Bounded in number, so that it is searched from end to end, and in bytes. A reused mapping may waste an eighth. What
 * must make room is the oldest.
 */
final class LargeCache {

    static final int MAX_MAPPINGS = 16;
    private static final int LARGEST_WASTE = 8; // one part of so many

    private final Deque<Mapping> mappings = new ArrayDeque<>(MAX_MAPPINGS + 1); // the oldest first
    private boolean closed;
    private volatile long bytes; // written under the lock

    /**
     * Takes the smallest mapping that fits.
     *
     * @param atLeast how long it must be
     * @param alignment what its address must be a multiple of
     * @return a mapping with content of former owners, held by the caller, or null
     */
    synchronized @Nullable Mapping take(long atLeast, long alignment) {
        long atMost = atLeast + atLeast / LARGEST_WASTE;
        Mapping best = null;
        for (Mapping mapping : mappings) {
            boolean fits = mapping.bytes() >= atLeast && mapping.bytes() <= atMost && mapping.isAligned(alignment);
            if (fits && (best == null || mapping.bytes() <= best.bytes())) {
                best = mapping; // of equal ones the youngest
            }
        }
        if (best != null) {
            remove(best);
        }
        return best;
    }

    /**
     * Keeps a mapping.
     *
     * @param nanoTime now
     * @param maxBytes how much may be kept in all
     * @return false if there is no room, or if the cache is closed; the mapping is the caller's still
     */
    synchronized boolean put(Mapping mapping, long nanoTime, long maxBytes) {
        if (closed || mappings.size() == MAX_MAPPINGS || bytes + mapping.bytes() > maxBytes) {
            return false;
        }
        mapping.cachedAt(nanoTime);
        mappings.add(mapping);
        bytes += mapping.bytes();
        return true;
    }

    /** Takes the oldest mapping, or returns null if there is none. */
    synchronized @Nullable Mapping takeOldest() {
        Mapping oldest = mappings.peek();
        return oldest == null ? null : remove(oldest);
    }

    /**
     * Takes the oldest mapping that a budget suffices for; or the smallest, if it suffices for none, and one may exceed it.
     *
     * @param age in nanoseconds; what is younger stays
     * @param nanoTime now
     * @param budget in bytes
     * @param most what the budget may be exceeded to, in bytes
     * @return a mapping held by the caller, or null
     */
    synchronized @Nullable Mapping takeWithin(long age, long nanoTime, long budget, long most) {
        Mapping smallest = null;
        for (Mapping mapping : mappings) {
            if (mapping.age(nanoTime) >= age) {
                if (mapping.bytes() <= budget) {
                    return remove(mapping);
                }
                smallest = smallest == null || mapping.bytes() < smallest.bytes() ? mapping : smallest;
            }
        }
        return smallest == null || smallest.bytes() > most ? null : remove(smallest);
    }

    private synchronized Mapping remove(Mapping mapping) {
        mappings.remove(mapping);
        bytes -= mapping.bytes();
        return mapping;
    }

    /** Measures what has been kept for a time. */
    synchronized long bytesOlderThan(long age, long nanoTime) {
        return mappings.stream().filter(mapping -> mapping.age(nanoTime) >= age).mapToLong(Mapping::bytes).sum();
    }

    /** Keeps nothing from now on; what it has is still to be taken. */
    synchronized void close() {
        closed = true;
    }

    synchronized List<Mapping> all() {
        return List.copyOf(mappings);
    }

    long bytes() {
        return bytes;
    }
}
