/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import java.util.function.Supplier;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/**
 * What all events have in common. Where the Java heap has no room for an event there is none: whoever tells has chunks in hand,
 * which must not be lost for that.
 */
abstract class PoolEvent extends Event {

    @Label("Pool")
    String pool = "";

    /** Starts the clock of an event that has a duration; returns null where nobody wants it. */
    static @Nullable Object started(Supplier<? extends PoolEvent> kind) {
        try {
            PoolEvent event = kind.get();
            if (!event.isEnabled()) {
                return null;
            }
            event.begin();
            return event;
        } catch (OutOfMemoryError noRoom) {
            return null;
        }
    }
}
