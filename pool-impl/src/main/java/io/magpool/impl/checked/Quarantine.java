/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PooledBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Released memory that is kept back, so that a write to it can be noticed before somebody else has it. First in, first out;
 * bounded in bytes and in entries. The lock covers the queue alone: filling, comparing and giving back happen outside.
 */
final class Quarantine {

    static final int MAX_ENTRIES = 4096;

    private final long maxBytes;
    private final Tally tally;
    private final Deque<Acquisition> entries = new ArrayDeque<>();
    private final Deque<Acquisition> refused = new ArrayDeque<>(); // by the system, which may take it back later
    private long bytes;

    Quarantine(long maxBytes, Tally tally) {
        this.maxBytes = maxBytes;
        this.tally = tally;
        tally.listedBy(this::buffers);
    }

    boolean canHold(long capacity) {
        return capacity <= maxBytes;
    }

    synchronized void add(Acquisition acquisition) {
        entries.addLast(acquisition);
        bytes += acquisition.capacity();
        tally.add(acquisition);
    }

    /** Adds what could not be given back. It counts towards no bound. */
    synchronized void addRefused(Acquisition acquisition) {
        refused.addLast(acquisition);
        tally.add(acquisition);
    }

    /** Takes what has to leave because the quarantine is over a bound; null if it is not. */
    synchronized @Nullable Acquisition takeExcess() {
        return bytes > maxBytes || entries.size() > MAX_ENTRIES ? takeOldest() : null;
    }

    /** Takes the oldest, or returns null if there is none. */
    synchronized @Nullable Acquisition take() {
        Acquisition again = refused.pollFirst();
        if (again != null) {
            tally.subtract(again);
            return again;
        }
        return takeOldest();
    }

    private @Nullable Acquisition takeOldest() {
        Acquisition oldest = entries.pollFirst();
        if (oldest != null) {
            bytes -= oldest.capacity();
            tally.subtract(oldest);
        }
        return oldest;
    }

    private synchronized List<PooledBuffer> buffers() {
        return Stream.concat(entries.stream(), refused.stream()).map(Acquisition::inner).toList();
    }

    synchronized int entries() {
        return entries.size() + refused.size();
    }
}
