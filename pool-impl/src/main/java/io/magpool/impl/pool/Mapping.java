/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import java.lang.foreign.MemorySegment;

/**
 * The memory of a large buffer: of one buffer, or of the cache, or in one hand. All fields belong to whoever holds it.
 *
 * <p>After the system has moved the pages, the new place is noted as two numbers first; range and segment are built when they
 * are next asked for. So no lack of Java memory can lose the place.
 */
final class Mapping {

    private AddressRange range;
    private MemorySegment whole; // of no closeable arena
    private long address;
    private long bytes;
    private long since; // when it came to the cache

    Mapping(AddressRange range, MemorySegment whole) {
        this.range = range;
        this.whole = whole;
        this.address = range.address();
        this.bytes = range.bytes();
    }

    long bytes() {
        return bytes;
    }

    long address() {
        return address;
    }

    AddressRange range() {
        refresh();
        return range;
    }

    MemorySegment whole() {
        refresh();
        return whole;
    }

    private void refresh() {
        if (range.address() != address || range.bytes() != bytes) {
            AddressRange now = AddressRange.at(address, bytes);
            whole = now.segment();
            range = now;
        }
    }

    boolean isAligned(long alignment) {
        return (address & (alignment - 1)) == 0;
    }

    /**
     * Resizes it.
     *
     * @return false if this memory cannot; nothing has changed then, nor if the system refuses
     */
    boolean resize(Memory memory, long newBytes, long alignment) {
        long moved = memory.resize(range(), newBytes, alignment);
        if (moved == Memory.NOT_RESIZED) {
            return false;
        }
        address = moved;
        bytes = newBytes;
        return true;
    }

    void cachedAt(long nanoTime) {
        since = nanoTime;
    }

    long age(long nanoTime) {
        return nanoTime - since;
    }
}
