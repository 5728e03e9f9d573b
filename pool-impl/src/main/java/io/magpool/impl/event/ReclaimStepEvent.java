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

/** Before a refusal, memory that others have ready was looked for. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.ReclaimStep")
@Label("Reclaim step")
@Category("Magpool")
@Description("Before a refusal, memory that others have ready was looked for")
@StackTrace(false)
final class ReclaimStepEvent extends PoolEvent {

    @Label("Step")
    String step = "";

    @Label("Wanted")
    @Description("What has to be free under the limit")
    @DataAmount
    long wantedBytes;

    @Label("Room before")
    @Description("What the limit left; below zero after it was lowered")
    @DataAmount
    long roomBefore;

    @Label("Room after")
    @DataAmount
    long roomAfter;

    @Label("Found")
    @Description("True if what is wished for was found after this step")
    boolean found;

    static @Nullable Object start() {
        return started(ReclaimStepEvent::new);
    }

    static void end(Object begun, String pool, String step, long wantedBytes, long roomBefore, long roomAfter,
            boolean found) {
        try {
            ReclaimStepEvent event = (ReclaimStepEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.step = step;
                event.wantedBytes = wantedBytes;
                event.roomBefore = roomBefore;
                event.roomAfter = roomAfter;
                event.found = found;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
