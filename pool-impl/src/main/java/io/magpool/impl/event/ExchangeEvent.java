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

/** A magazine passed between a thread and the depot of its core. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Exchange")
@Label("Exchange")
@Category("Magpool")
@Description("A magazine passed between a thread and the depot of its core")
@Enabled(false)
@StackTrace(false)
final class ExchangeEvent extends PoolEvent {

    @Label("Arena")
    int arena;

    @Label("Chunk size")
    @DataAmount
    int chunkBytes;

    @Label("Chunks")
    int chunks;

    @Label("Taken")
    @Description("True if out of the depot, false if into it")
    boolean taken;

    static void write(String pool, int arena, int chunkBytes, int chunks, boolean taken) {
        try {
            ExchangeEvent event = new ExchangeEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.arena = arena;
                event.chunkBytes = chunkBytes;
                event.chunks = chunks;
                event.taken = taken;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
