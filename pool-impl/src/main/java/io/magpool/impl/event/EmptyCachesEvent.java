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

/** Chunks left the magazines of threads. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.EmptyCaches")
@Label("Empty caches")
@Category("Magpool")
@Description("Chunks left the magazines of threads, for depots or slabs")
@StackTrace(false)
final class EmptyCachesEvent extends PoolEvent {

    @Label("Reason")
    String reason = "";

    @Label("Caches")
    @Description("How many threads' and stripes' caches were to be emptied")
    int caches;

    @Label("Chunks")
    @Description("What was in them; less than all where a thread was just at work in its cache")
    long chunks;

    static @Nullable Object start() {
        return started(EmptyCachesEvent::new);
    }

    static void end(Object begun, String pool, String reason, int caches, long chunks) {
        try {
            EmptyCachesEvent event = (EmptyCachesEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.reason = reason;
                event.caches = caches;
                event.chunks = chunks;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
