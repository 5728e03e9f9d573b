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

/** An empty slab went back to the operating system, or to those that can serve any size. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Retire")
@Label("Slab given back")
@Category("Magpool")
@Description("An empty slab went back to the operating system, or to those that can serve any size")
@StackTrace(false)
final class RetireEvent extends PoolEvent {

    @Label("Arena")
    int arena;

    @Label("Chunk size")
    @DataAmount
    int chunkBytes;

    @Label("Charged")
    @Description("What was charged for it")
    @DataAmount
    long backedBytes;

    static @Nullable Object start() {
        return started(RetireEvent::new);
    }

    static void end(Object begun, String pool, int arena, int chunkBytes, long backedBytes) {
        try {
            RetireEvent event = (RetireEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.arena = arena;
                event.chunkBytes = chunkBytes;
                event.backedBytes = backedBytes;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
