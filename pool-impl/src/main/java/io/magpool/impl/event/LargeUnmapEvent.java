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

/** Memory of a buffer above the largest size class went back to the operating system. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.LargeUnmap")
@Label("Large buffer unmapped")
@Category("Magpool")
@Description("Memory of a buffer above the largest size class went back to the operating system")
@StackTrace(false)
final class LargeUnmapEvent extends PoolEvent {

    @Label("Unmapped")
    @DataAmount
    long bytes;

    @Label("Refused")
    @Description("True if the system did not take it: it is kept, and offered again")
    boolean refused;

    static @Nullable Object start() {
        return started(LargeUnmapEvent::new);
    }

    static void end(Object begun, String pool, long bytes, boolean refused) {
        try {
            LargeUnmapEvent event = (LargeUnmapEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.bytes = bytes;
                event.refused = refused;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
