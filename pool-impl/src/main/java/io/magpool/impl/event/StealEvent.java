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

/** A magazine passed from a neighbour. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Steal")
@Label("Steal")
@Category("Magpool")
@Description("A magazine passed from a neighbour")
@Enabled(false)
@StackTrace(false)
final class StealEvent extends PoolEvent {

    @Label("Arena")
    int arena;

    @Label("Neighbour")
    @Description("The arena that it came from")
    int neighbour;

    @Label("Chunk size")
    @DataAmount
    int chunkBytes;

    @Label("Chunks")
    int chunks;

    static void write(String pool, int arena, int neighbour, int chunkBytes, int chunks) {
        try {
            StealEvent event = new StealEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.arena = arena;
                event.neighbour = neighbour;
                event.chunkBytes = chunkBytes;
                event.chunks = chunks;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
