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

/** The bytes in use crossed a watermark. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Pressure")
@Label("Pressure")
@Category("Magpool")
@Description("The bytes in use crossed a watermark")
@StackTrace(false)
final class PressureEvent extends PoolEvent {

    @Label("Level")
    @Description("HIGH above the high one, LOW below the low one afterwards")
    String level = "";

    @Label("In use")
    @DataAmount
    long inUseBytes;

    @Label("Limit")
    @DataAmount
    long maxBytes;

    static void write(String pool, String level, long inUseBytes, long maxBytes) {
        try {
            PressureEvent event = new PressureEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.level = level;
                event.inUseBytes = inUseBytes;
                event.maxBytes = maxBytes;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
