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
import org.jspecify.annotations.Nullable;

/** For a time all operations went past the caches of threads. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Diversion")
@Label("Diversion")
@Category("Magpool")
@Description("While somebody waited for memory, all acquires and releases went past the magazines of threads")
@StackTrace(false)
final class DiversionEvent extends PoolEvent {

    static @Nullable Object start() {
        return started(DiversionEvent::new);
    }

    static void end(Object begun, String pool) {
        try {
            DiversionEvent event = (DiversionEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
