/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;

/** What is done with the bytes of buffers: cleared where they are not known to be zeros, moved from one to another. */
final class Content {

    private Content() {}

    /** Where memory is Java arrays, it may be refused only now. */
    static void clear(PooledBuffer buffer, long size) {
        boolean cleared = false;
        try {
            if (buffer instanceof LargeBuffer largeBuffer) {
                largeBuffer.clear();
            } else if (!(buffer instanceof Chunk chunk && chunk.isZeros())) {
                buffer.segment().asSlice(0, size).fill((byte) 0);
            }
            cleared = true;
        } finally {
            if (!cleared) {
                buffer.release();
            }
        }
    }

    private static void copy(PooledBuffer from, MemorySegment to, long bytes) {
        if (from instanceof LargeBuffer largeBuffer) {
            largeBuffer.copyTo(to, bytes);
        } else {
            MemorySegment.copy(from.segment(), 0, to, 0, bytes);
        }
    }

    private static MemorySegment content(PooledBuffer buffer) {
        return buffer instanceof LargeBuffer largeBuffer ? largeBuffer.mapping().whole() : buffer.segment();
    }

    /** Moves content to another buffer and releases the first; if that fails, the second is released. */
    static PooledBuffer move(PooledBuffer from, PooledBuffer to, long size) {
        boolean moved = false;
        try {
            copy(from, content(to), Math.min(from.size(), size));
            from.release();
            moved = true;
            return to;
        } finally {
            if (!moved) {
                to.release();
            }
        }
    }
}
