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

/** A pool was created. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.PoolOpen")
@Label("Pool opened")
@Category("Magpool")
@Description("A pool was created")
@StackTrace(false)
final class PoolOpenEvent extends PoolEvent {

    @Label("Limit")
    @DataAmount
    long maxBytes;

    @Label("Memory")
    @Description("Where it comes from")
    String memory = "";

    @Label("Barrier")
    @Description("What makes owners of thread caches visible to revokers")
    String barrier = "";

    @Label("Arenas")
    int arenas;

    @Label("Trim policy")
    String trim = "";

    static void write(String pool, long maxBytes, String memory, String barrier, int arenas, String trim) {
        try {
            PoolOpenEvent event = new PoolOpenEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.maxBytes = maxBytes;
                event.memory = memory;
                event.barrier = barrier;
                event.arenas = arenas;
                event.trim = trim;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
