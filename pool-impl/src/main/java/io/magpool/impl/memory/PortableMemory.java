/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import io.magpool.api.MemoryRefusedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory from {@link Arena}, on any platform and without native access. Whole ranges come and go; pages cannot.
 *
 * <p>Each range has an automatic arena: the JVM frees it some time after the last reference to a segment or view of it is
 * gone, so nothing is ever freed under a view. Rejected: shared arenas, whose views parts of the JDK's channels refuse.
 */
final class PortableMemory implements Memory {

    private final int slabBytes;

    /**
     * Builds it.
     *
     * @param slabBytes what is taken and given at a time
     */
    PortableMemory(int slabBytes) {
        this.slabBytes = slabBytes;
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public int grainBytes(int chunkBytes) {
        return slabBytes;
    }

    @Override
    public long slabAlignment() {
        return 1L << PAGE_SHIFT;
    }

    @Override
    public long regionBytes() {
        return slabBytes;
    }

    @Override
    public AddressRange reserve(long bytes, long alignment) {
        try {
            return new AddressRange(Arena.ofAuto().allocate(bytes, alignment));
        } catch (OutOfMemoryError refused) {
            throw new MemoryRefusedException("allocation of " + bytes + " bytes", String.valueOf(refused.getMessage()));
        }
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
        return range.segment().asSlice(offset, bytes);
    }

    @Override
    public boolean canPurge() {
        return false;
    }

    @Override
    public void release(AddressRange range) {}
}
