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
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Memory that a pool gave back to the operating system. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Trim")
@Label("Trim")
@Category("Magpool")
@Description("Memory that a pool gave back to the operating system")
@StackTrace(false)
final class TrimEvent extends PoolEvent {

    @Label("Asked")
    @DataAmount
    long askedBytes;

    @Label("Advised")
    @DataAmount
    long advisedBytes;

    @Label("Gone")
    @Description("Resident before and not after, by mincore; -1 where unknown")
    @DataAmount
    long goneBytes;

    @Label("Runs")
    long runs;

    @Label("System calls")
    long calls;

    static @Nullable Object start() {
        return started(TrimEvent::new);
    }

    static void end(Object begun, String pool, long askedBytes, long advisedBytes, long goneBytes, long runs,
            long calls) {
        try {
            TrimEvent event = (TrimEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.askedBytes = askedBytes;
                event.advisedBytes = advisedBytes;
                event.goneBytes = goneBytes;
                event.runs = runs;
                event.calls = calls;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
