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
import org.jspecify.annotations.Nullable;

/** An acquire stood in line for room. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Wait")
@Label("Wait")
@Category("Magpool")
@Description("An acquire stood in line for room")
final class WaitEvent extends PoolEvent {

    @Label("Wanted")
    @DataAmount
    long bytes;

    @Label("Who")
    @Description("A thread, or an action to be called back")
    String who = "";

    @Label("Outcome")
    String outcome = "";

    static @Nullable Object start() {
        return started(WaitEvent::new);
    }

    static void end(Object begun, String pool, long bytes, String who, String outcome) {
        try {
            WaitEvent event = (WaitEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.bytes = bytes;
                event.who = who;
                event.outcome = outcome;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
