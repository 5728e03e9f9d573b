/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimReport;
import io.magpool.impl.slab.Purge;
import java.util.OptionalLong;

/** What one trim did. */
record Trimmed(long askedBytes, long advisedBytes, OptionalLong goneBytes, long runs, long calls, long nanos)
        implements TrimReport {

    static final Trimmed NOTHING = new Trimmed(0, 0, OptionalLong.empty(), 0, 0, 0);

    static Trimmed of(long asked, Purge purge, long nanos) {
        return new Trimmed(asked, purge.advisedBytes(), purge.goneBytes(), purge.runs(), purge.calls(), nanos);
    }
}
