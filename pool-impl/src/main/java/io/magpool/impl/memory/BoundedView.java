/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** The same memory for a shorter life. The JVM allows it where native access is enabled. */
public final class BoundedView {

    /** Has nothing to do when the view ends: the arena holds it until then, and it holds the memory. */
    private record Kept(MemorySegment memory) implements Consumer<MemorySegment> {

        @Override
        public void accept(MemorySegment view) {}
    }

    private BoundedView() {}

    /**
     * Tells whether there can be such views here.
     *
     * @return false without native access, and on JVMs that have no shared arenas
     */
    public static boolean isPossible() {
        if (!BoundedView.class.getModule().isNativeAccessEnabled()) {
            return false;
        }
        try {
            Arena.ofShared().close();
            return true;
        } catch (UnsupportedOperationException withoutSharedArenas) {
            return false;
        }
    }

    /**
     * Bounds the life of a view, not that of the memory. Memory that the JVM frees when nothing refers to it any more
     * stays while the arena is open: the view alone does not refer to it.
     *
     * @param segment native memory that outlives the arena, or that the JVM frees
     * @param arena bounds the life of the segment that is returned
     * @return the same memory
     */
    @SuppressWarnings("restricted")
    public static MemorySegment of(MemorySegment segment, Arena arena) {
        return segment.reinterpret(arena, new Kept(segment));
    }
}
