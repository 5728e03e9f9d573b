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

/** A buffer above the largest size class was resized by its pages, without copying. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.LargeRemap")
@Label("Large buffer remapped")
@Category("Magpool")
@Description("A buffer above the largest size class was resized by its pages, without copying")
@StackTrace(false)
final class LargeRemapEvent extends PoolEvent {

    @Label("Before")
    @DataAmount
    long before;

    @Label("After")
    @DataAmount
    long after;

    @Label("Moved")
    @Description("True if it has another address")
    boolean moved;

    static @Nullable Object start() {
        return started(LargeRemapEvent::new);
    }

    static void end(Object begun, String pool, long before, long after, boolean moved) {
        try {
            LargeRemapEvent event = (LargeRemapEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.before = before;
                event.after = after;
                event.moved = moved;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
