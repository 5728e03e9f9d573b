/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Address space that is only counted: addresses without memory, so nobody may write. */
class CountingMemory implements Memory {

    final List<Long> reservations = new ArrayList<>();
    final List<Long> purges = new ArrayList<>();
    long largest = Long.MAX_VALUE;
    long committed;
    long reserved;
    private final int grainBytes;
    private final long regionBytes;
    private long next = 1L << 40;

    CountingMemory(int grainShift, long regionBytes) {
        this.grainBytes = 1 << grainShift;
        this.regionBytes = regionBytes;
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public int grainBytes(int chunkBytes) {
        return grainBytes;
    }

    @Override
    public long slabAlignment() {
        return Slab.BYTES;
    }

    @Override
    public long regionBytes() {
        return regionBytes;
    }

    @Override
    @SuppressWarnings("restricted")
    public AddressRange reserve(long bytes, long alignment) {
        if (bytes > largest) {
            throw new MemoryRefusedException("reserve of " + bytes + " bytes", "too large");
        }
        reservations.add(bytes);
        reserved += bytes;
        long address = next;
        next += bytes;
        return new AddressRange(MemorySegment.ofAddress(address).reinterpret(bytes), bytes);
    }

    @Override
    public void commit(long address, long bytes) {
        committed += bytes;
    }

    @Override
    public void decommit(long address, long bytes) {
        committed -= bytes;
    }

    @Override
    public void purge(long address, long bytes) {
        purges.add(bytes);
    }

    @Override
    public MemorySegment boundedBy(MemorySegment segment, Arena arena) {
        return segment;
    }

    @Override
    public MemorySegment piece(AddressRange range, long offset, long bytes) {
        return range.segment().asSlice(offset, bytes);
    }

    @Override
    public boolean canPurge() {
        return grainBytes == 1 << PAGE_SHIFT;
    }

    @Override
    public void release(AddressRange range) {
        reserved -= range.bytes();
    }
}
