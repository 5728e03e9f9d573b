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

/** A pool was closed. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.PoolClose")
@Label("Pool closed")
@Category("Magpool")
@Description("A pool was closed")
@StackTrace(false)
final class PoolCloseEvent extends PoolEvent {

    @Label("Open buffers")
    @Description("Still acquired at that time")
    long openBuffers;

    @Label("Open")
    @Description("Still acquired at that time")
    @DataAmount
    long openBytes;

    static void write(String pool, long openBuffers, long openBytes) {
        try {
            PoolCloseEvent event = new PoolCloseEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.openBuffers = openBuffers;
                event.openBytes = openBytes;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
