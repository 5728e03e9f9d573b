/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.event.Events;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Charge;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gives ranges back to the system, and keeps those that it refuses to take, charged, until it takes them. Whoever released
 * a buffer has nothing to do with that: his release has succeeded.
 *
 * <p>The lock covers the list only, never a call to the system (invariant 5).
 */
final class Unreturned {

    private static final System.Logger LOG = System.getLogger(Unreturned.class.getName());

    private final Memory memory;
    private final Charge charge;
    private final Events events;
    private final Deque<Refused> ranges = new ArrayDeque<>();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile int count; // written under the lock
    private long reservedBytes;
    private long chargedBytes;

    private record Refused(AddressRange range, long charged, MemoryRefusedException why) {}

    Unreturned(Memory memory, Charge charge, Events events) {
        this.events = events;
        this.memory = memory;
        this.charge = charge;
    }

    /**
     * Gives a range back, now or later.
     *
     * @param charged how much of it counts against the limit until then
     * @return false if that is later
     */
    boolean giveBack(AddressRange range, long charged) {
        Object begun = events.beginLargeUnmap();
        try {
            memory.release(range);
        } catch (MemoryRefusedException refused) {
            keep(new Refused(range, charged, refused));
            events.endLargeUnmap(begun, range.bytes(), true);
            if (warned.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "a released large buffer is kept, since the system does not take it back",
                        refused);
            }
            return false;
        }
        charge.subtract(charged);
        events.endLargeUnmap(begun, range.bytes(), false);
        return true;
    }

    /** Tries each range once more; returns true if one went. */
    boolean tryAgain() {
        int before = count;
        for (int left = before; left > 0; left--) {
            Refused oldest = poll();
            if (oldest != null) {
                giveBack(oldest.range, oldest.charged);
            }
        }
        return count < before;
    }

    /** Tries all once more, and throws if the system still refuses some. */
    void tryAgainOrThrow() {
        tryAgain();
        MemoryRefusedException refused = firstRefusal();
        if (refused != null) {
            throw refused;
        }
    }

    private synchronized @Nullable MemoryRefusedException firstRefusal() {
        Refused first = ranges.peek();
        return first == null ? null : first.why;
    }

    private synchronized void keep(Refused refused) {
        ranges.add(refused);
        count = ranges.size();
        reservedBytes += refused.range.bytes();
        chargedBytes += refused.charged;
    }

    private synchronized @Nullable Refused poll() {
        Refused oldest = ranges.poll();
        if (oldest != null) {
            count = ranges.size();
            reservedBytes -= oldest.range.bytes();
            chargedBytes -= oldest.charged;
        }
        return oldest;
    }

    synchronized long reservedBytes() {
        return reservedBytes;
    }

    synchronized long chargedBytes() {
        return chargedBytes;
    }
}
