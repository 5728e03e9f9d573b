/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An acquire was refused for lack of room. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Refusal")
@Label("Refusal")
@Category("Magpool")
@Description("An acquire was refused for lack of room")
final class RefusalEvent extends PoolEvent {

    @Label("Wanted")
    @DataAmount
    long bytes;

    @Label("Limit")
    @DataAmount
    long maxBytes;

    @Label("Charged")
    @DataAmount
    long chargedBytes;

    @Label("Waiting")
    @Description("How many stand in line")
    int waiting;

    static void write(String pool, long bytes, long maxBytes, long chargedBytes, int waiting) {
        try {
            RefusalEvent event = new RefusalEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.bytes = bytes;
                event.maxBytes = maxBytes;
                event.chargedBytes = chargedBytes;
                event.waiting = waiting;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
