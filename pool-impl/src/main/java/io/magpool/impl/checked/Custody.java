/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.MemoryRefusedException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of memory after the release: it is filled, kept in quarantine for a while, compared, and given back to the ordinary pool.
 *
 * <p>To the ordinary pool memory in quarantine is acquired. So it asks for it, by {@link Relief}, before it refuses an acquire; and while
 * anybody waits for memory releases do not go through quarantine. The last is a race between who waits and who releases, decided as Dekker
 * did: who waits announces it, then empties the quarantine; who releases puts into the quarantine, then looks whether anybody waits, and
 * empties it himself. Closing the pool announces itself in the same way, for ever; an action that is to be called back, from its
 * registration to its turn. Where pools share a limit, one that meets it has the others' quarantines emptied too, beyond what is guaranteed
 * to them, as part of its reclaim.
 */
final class Custody {

    private final Incidents incidents;
    private final Quarantine quarantine;
    private final Pattern pattern = new Pattern();
    private final AtomicInteger hurry = new AtomicInteger(); // who waits for memory, and who closes

    Custody(long maxBytes, Tally tally, Incidents incidents) {
        this.incidents = incidents;
        this.quarantine = new Quarantine(maxBytes, tally);
    }

    /** From now on nothing stays in quarantine. Who waits empties it afterwards. */
    void beginHurry() {
        hurry.incrementAndGet();
    }

    void endHurry() {
        hurry.decrementAndGet();
    }

    /** Takes memory whose life has ended. */
    void keepOrGiveBack(Acquisition acquisition) {
        if (hurry.get() != 0 || !quarantine.canHold(acquisition.capacity())) {
            giveBackUnseen(acquisition);
            return;
        }
        pattern.fill(acquisition.inner().segment());
        quarantine.add(acquisition);
        if (hurry.get() != 0) {
            empty();
        }
        for (Acquisition next = quarantine.takeExcess(); next != null; next = quarantine.takeExcess()) {
            giveBack(next);
        }
    }

    boolean isAny() {
        return quarantine.entries() != 0;
    }

    /** Empties it of what is in it now; returns false if that was nothing. */
    boolean empty() {
        int entries = quarantine.entries();
        for (int i = 0; i < entries; i++) {
            @Nullable Acquisition next = quarantine.take();
            if (next != null) {
                giveBack(next);
            }
        }
        return entries != 0;
    }

    private void giveBack(Acquisition acquisition) {
        try {
            String difference = pattern.difference(acquisition.inner().segment());
            incidents.events().leftQuarantine(acquisition.capacity(), difference == null);
            if (difference != null) {
                incidents.writtenAfterRelease(acquisition, difference);
            }
        } finally {
            giveBackUnseen(acquisition); // nobody else has it
        }
    }

    private void giveBackUnseen(Acquisition acquisition) {
        try {
            acquisition.inner().release();
        } catch (MemoryRefusedException notTakenBack) {
            pattern.fill(acquisition.inner().segment());
            quarantine.addRefused(acquisition);
        }
    }
}
