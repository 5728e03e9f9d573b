/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * All addresses there are, as one segment that is a constant.
 *
 * <p>The JIT folds a constant segment's size, liveness and mode into the code, so that an access through it is a single
 * instruction, as with {@code Unsafe}; and the access needs an address only, which the buffer has, but no load from the
 * chunk's own segment, which is one object and one cache line more. Making such a segment is a restricted method: without
 * native access for this module there is none.
 */
final class AllMemory {

    static final @Nullable MemorySegment SEGMENT = make();

    private AllMemory() {}

    @SuppressWarnings("restricted")
    private static @Nullable MemorySegment make() {
        return AllMemory.class.getModule().isNativeAccessEnabled() ? MemorySegment.NULL.reinterpret(Long.MAX_VALUE)
                : null;
    }
}
