/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimReport;
import io.magpool.impl.slab.Purge;
import java.util.List;
import java.util.OptionalLong;

/** What one trim did. */
record Trimmed(long askedBytes, long advisedBytes, OptionalLong goneBytes, long runs, long calls, long nanos)
        implements TrimReport {

    static final Trimmed NOTHING = new Trimmed(0, 0, OptionalLong.empty(), 0, 0, 0);

    static Trimmed of(long asked, List<Purge> purges, long nanos) {
        boolean known = purges.stream().noneMatch(purge -> purge.goneBytes().isEmpty());
        long gone = purges.stream().mapToLong(purge -> purge.goneBytes().orElse(0)).sum();
        return new Trimmed(
                asked,
                purges.stream().mapToLong(Purge::advisedBytes).sum(),
                known ? OptionalLong.of(gone) : OptionalLong.empty(),
                purges.stream().mapToLong(Purge::runs).sum(),
                purges.stream().mapToLong(Purge::calls).sum(),
                nanos);
    }
}
