/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.Incident;
import io.magpool.api.Incident.Kind;
import io.magpool.api.IncidentListener;
import io.magpool.api.Trace;
import io.magpool.impl.event.Events;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was found into words, for the log, for a listener, and for exceptions. Holds nothing while it does.
 *
 * <p>The listener is told each time. The log has a kind of misuse once for each pair of stacks, of the acquisition and of the
 * misuse: a program that does it in a loop would fill a disk.
 */
final class Incidents {

    private static final Logger LOG = System.getLogger(BufferPool.class.getName());

    private final String poolName;
    private final Events events;
    private final IncidentListener listener;
    private final Set<Places> logged = ConcurrentHashMap.newKeySet(); // as many as there are places in the program

    private record Places(Kind kind, List<StackTraceElement> acquired, List<StackTraceElement> noticed) {

        static Places of(Incident incident) {
            Trace noticed = incident.noticed();
            return new Places(
                    incident.kind(), incident.acquired().frames(), noticed == null ? List.of() : noticed.frames());
        }
    }

    Incidents(String poolName, IncidentListener listener) {
        this.poolName = poolName;
        this.events = new Events(poolName);
        this.listener = listener;
    }

    Events events() {
        return events;
    }

    BufferNotAcquiredException releasedTwice(Acquisition acquisition, Stack earlier, Stack now) {
        report(Kind.DOUBLE_RELEASE, acquisition, 1, earlier, now, "");
        return notAcquired(acquisition, earlier);
    }

    BufferNotAcquiredException usedAfterRelease(Acquisition acquisition) {
        Stack released = acquisition.released();
        Stack earlier = released == null ? Stack.NONE : released;
        report(Kind.USE_AFTER_RELEASE, acquisition, 1, earlier, Stack.here(), "");
        return notAcquired(acquisition, earlier);
    }

    private static BufferNotAcquiredException notAcquired(Acquisition acquisition, Stack released) {
        Remembered before = new Remembered("acquired", acquisition.acquired(), null);
        return new BufferNotAcquiredException(acquisition.toString(), new Remembered("released", released, before));
    }

    void writtenAfterRelease(Acquisition acquisition, String difference) {
        report(Kind.WRITE_AFTER_RELEASE, acquisition, 1, acquisition.released(), null, difference);
    }

    IllegalStateException releasedDuringAccess(Acquisition acquisition, Stack now, IllegalStateException inUse) {
        report(Kind.RELEASE_DURING_ACCESS, acquisition, 1, null, now, String.valueOf(inUse.getMessage()));
        return new IllegalStateException(acquisition + " is being accessed: it remains acquired", inUse);
    }

    void leaked(Acquisition one, long count, long bytes) {
        String details = count == 1 ? "" : bytes + " bytes together, acquired at the same place; the largest is shown";
        report(Kind.LEAK, one, count, null, null, details);
    }

    void heldTooLong(Acquisition acquisition) {
        report(Kind.HELD_TOO_LONG, acquisition, 1, null, null, "");
    }

    void releasedLate(Acquisition acquisition, Stack now) {
        report(Kind.RELEASED_LATE, acquisition, 1, now, null, "");
    }

    private void report(
            Kind kind,
            Acquisition acquisition,
            long count,
            @Nullable Stack released,
            @Nullable Stack noticed,
            String details) {
        Incident incident = new Incident(
                kind,
                poolName,
                acquisition.capacity(),
                count,
                acquisition.age(System.nanoTime()),
                acquisition.acquired().trace(),
                trace(released),
                trace(noticed),
                details);
        events.found(incident);
        if (logged.add(Places.of(incident))) {
            LOG.log(Level.WARNING, incident::text);
        }
        try {
            listener.found(incident);
        } catch (RuntimeException | Error ofListener) {
            LOG.log(Level.WARNING, "the listener of pool " + poolName + " failed", ofListener);
        }
    }

    @SuppressWarnings("ReferenceEquality") // there is one that stands for none
    private static @Nullable Trace trace(@Nullable Stack stack) {
        return stack == null || stack == Stack.NONE ? null : stack.trace();
    }
}
