/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A magazine was filled from a slab. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Refill")
@Label("Refill")
@Category("Magpool")
@Description("A magazine was filled from a slab")
@Enabled(false)
@StackTrace(false)
final class RefillEvent extends PoolEvent {

    @Label("Arena")
    int arena;

    @Label("Chunk size")
    @DataAmount
    int chunkBytes;

    @Label("Chunks")
    int chunks;

    static @Nullable Object start() {
        return started(RefillEvent::new);
    }

    static void end(Object begun, String pool, int arena, int chunkBytes, int chunks) {
        try {
            RefillEvent event = (RefillEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.arena = arena;
                event.chunkBytes = chunkBytes;
                event.chunks = chunks;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
