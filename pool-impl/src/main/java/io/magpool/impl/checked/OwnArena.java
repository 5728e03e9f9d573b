/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.impl.memory.BoundedView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A life of its own for one acquisition. To end it is a handshake with all threads. */
final class OwnArena implements Lifetime {

    private final Arena arena = Arena.ofShared();

    @Override
    public MemorySegment bound(MemorySegment segment) {
        return BoundedView.of(segment, arena);
    }

    @Override
    public boolean isBounded() {
        return true;
    }

    @Override
    public void end() {
        arena.close();
    }
}
