/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import java.lang.foreign.MemorySegment;

/** How long the segment of one acquisition can be accessed. */
interface Lifetime {

    /** As long as the memory itself: nothing dies at the release. */
    Lifetime UNBOUNDED = new Lifetime() {

        @Override
        public MemorySegment bound(MemorySegment segment) {
            return segment;
        }

        @Override
        public boolean isBounded() {
            return false;
        }

        @Override
        public void end() {}
    };

    /** Returns the same memory for the duration of this life. */
    MemorySegment bound(MemorySegment segment);

    /** Tells whether what {@link #bound} returned can die. */
    boolean isBounded();

    /**
     * Ends it: later accesses fail, on any thread.
     *
     * @throws IllegalStateException if an access is going on; nothing has changed
     */
    void end();
}
