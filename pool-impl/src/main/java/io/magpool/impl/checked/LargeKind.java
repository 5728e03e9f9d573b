/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PooledBuffer;
import java.util.function.Predicate;

/** Tells of a buffer of the ordinary pool that it is no chunk, but has memory of its own. */
public interface LargeKind extends Predicate<PooledBuffer> {

    /**
     * Notes what the owner wants of a large buffer, for the statistics, and leaves its memory as it is.
     *
     * @param large such a buffer, by its owner
     * @param size at most its capacity
     */
    void note(PooledBuffer large, long size);
}
