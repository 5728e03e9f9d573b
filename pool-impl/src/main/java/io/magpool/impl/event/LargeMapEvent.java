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

/** Memory for a buffer above the largest size class came from the operating system. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.LargeMap")
@Label("Large buffer mapped")
@Category("Magpool")
@Description("Memory for a buffer above the largest size class came from the operating system")
@StackTrace(false)
final class LargeMapEvent extends PoolEvent {

    @Label("Mapped")
    @DataAmount
    long bytes;

    @Label("Asked for")
    @DataAmount
    long askedBytes;

    static @Nullable Object start() {
        return started(LargeMapEvent::new);
    }

    static void end(Object begun, String pool, long bytes, long askedBytes) {
        try {
            LargeMapEvent event = (LargeMapEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.bytes = bytes;
                event.askedBytes = askedBytes;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
