/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The system call that served as barrier failed; another takes over for good. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.BarrierFallback")
@Label("Barrier fell back")
@Category("Magpool")
@Description("The system call that served as barrier failed; another takes over for good")
@StackTrace(false)
final class BarrierFallbackEvent extends PoolEvent {

    @Label("Before")
    String before = "";

    @Label("After")
    String after = "";

    static void write(String pool, String before, String after) {
        try {
            BarrierFallbackEvent event = new BarrierFallbackEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.before = before;
                event.after = after;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
