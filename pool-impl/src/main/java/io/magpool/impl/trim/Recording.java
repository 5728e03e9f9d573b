/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimReport;
import org.jspecify.annotations.Nullable;

/** Writes trims into a flight recording, if the JVM has such and one is going on. Costs a look otherwise. */
final class Recording {

    private static final boolean POSSIBLE = isPossible();

    private final @Nullable Object event;

    private Recording(@Nullable Object event) {
        this.event = event;
    }

    private static boolean isPossible() {
        Module own = Recording.class.getModule();
        return ModuleLayer.boot().findModule("jdk.jfr").map(own::canRead).orElse(false);
    }

    static Recording begin() {
        return new Recording(POSSIBLE && TrimEvent.isOn() ? TrimEvent.started() : null);
    }

    boolean isOn() {
        return event != null;
    }

    void end(String pool, TrimReport report) {
        if (event != null) {
            TrimEvent.end(event, pool, report);
        }
    }
}
