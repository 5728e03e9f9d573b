/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Asks the real memory; for tests that want to look on or to interfere at one point. */
abstract class ForwardingMemory implements Memory {

    private final Memory real;

    ForwardingMemory(Memory real) {
        this.real = real;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public int grainBytes(int chunkBytes) {
        return real.grainBytes(chunkBytes);
    }

    @Override
    public long slabAlignment() {
        return real.slabAlignment();
    }

    @Override
    public long regionBytes() {
        return real.regionBytes();
    }

    @Override
    public AddressRange reserve(long bytes, long alignment) {
        return real.reserve(bytes, alignment);
    }

    @Override
    public void commit(long address, long bytes) {
        real.commit(address, bytes);
    }

    @Override
    public void decommit(long address, long bytes) {
        real.decommit(address, bytes);
    }

    @Override
    public void purge(long address, long bytes) {
        real.purge(address, bytes);
    }

    @Override
    public boolean populates() {
        return real.populates();
    }

    @Override
    public void populate(long address, long bytes) {
        real.populate(address, bytes);
    }

    @Override
    public long residentBytes(long address, long bytes) {
        return real.residentBytes(address, bytes);
    }

    @Override
    public @Nullable BitSet residentPages(long address, long bytes) {
        return real.residentPages(address, bytes);
    }

    @Override
    public MemorySegment boundedBy(MemorySegment segment, Arena arena) {
        return real.boundedBy(segment, arena);
    }

    @Override
    public MemorySegment piece(AddressRange range, long offset, long bytes) {
        return real.piece(range, offset, bytes);
    }

    @Override
    public boolean isMapped() {
        return real.isMapped();
    }

    @Override
    public long resize(AddressRange range, long bytes, long alignment) {
        return real.resize(range, bytes, alignment);
    }

    @Override
    public void release(AddressRange range) {
        real.release(range);
    }

    @Override
    public boolean canPurge() {
        return real.canPurge();
    }
}
