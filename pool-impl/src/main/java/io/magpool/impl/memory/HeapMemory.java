/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import io.magpool.api.MemoryRefusedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Java arrays, one for each chunk. A range is only a promise here: it has a length and no addresses. The array comes when
 * the chunk is used for the first time, stays with the chunk's handle, and goes with it.
 */
final class HeapMemory implements Memory {

    private static final long REGION_BYTES = 1L << 30;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8; // what every JVM can build

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public int grainBytes(int chunkBytes) {
        return chunkBytes;
    }

    @Override
    public long slabAlignment() {
        return 1;
    }

    @Override
    public long regionBytes() {
        return REGION_BYTES;
    }

    @Override
    public AddressRange reserve(long bytes, long alignment) {
        return new AddressRange(MemorySegment.NULL, bytes);
    }

    @Override
    public void commit(long address, long bytes) {}

    @Override
    public void decommit(long address, long bytes) {}

    @Override
    public void purge(long address, long bytes) {}

    @Override
    public MemorySegment boundedBy(MemorySegment segment, Arena arena) {
        return segment;
    }

    @Override
    public MemorySegment piece(AddressRange range, long offset, long bytes) {
        if (bytes > MAX_ARRAY) {
            throw new MemoryRefusedException("an array of " + bytes + " bytes", "an array has at most " + MAX_ARRAY);
        }
        try {
            return MemorySegment.ofArray(new byte[(int) bytes]);
        } catch (OutOfMemoryError refused) {
            throw new MemoryRefusedException("an array of " + bytes + " bytes", String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void release(AddressRange range) {}

    @Override
    public boolean canPurge() {
        return true;
    }
}
