/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Linux's own calls. Address space is reserved without access, so that it counts nowhere, also under strict overcommit;
 * {@code mprotect} commits; mapping the same addresses afresh without access is what really decommits (dropping the pages
 * alone leaves the promise counted).
 */
final class LinuxMemory implements Memory {

    private static final long REGION_BYTES = 1L << 30;
    private static final long HUGE_PAGE_BYTES = 2L << 20;
    private static final int RESERVED = Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE;

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public int grainBytes(int chunkBytes) {
        return 1 << PAGE_SHIFT;
    }

    @Override
    public long slabAlignment() {
        return HUGE_PAGE_BYTES;
    }

    @Override
    public long regionBytes() {
        return REGION_BYTES;
    }

    @Override
    @SuppressWarnings("restricted")
    public AddressRange reserve(long bytes, long alignment) {
        long slack = alignment - (1L << PAGE_SHIFT);
        long start = Libc.mmap(0, bytes + slack, Libc.PROT_NONE, RESERVED);
        long address = (start + alignment - 1) & -alignment;
        unmap(start, address - start);
        unmap(address + bytes, start + slack - address);
        return new AddressRange(MemorySegment.ofAddress(address).reinterpret(bytes));
    }

    private static void unmap(long address, long bytes) {
        if (bytes > 0) {
            Libc.munmap(address, bytes);
        }
    }

    @Override
    public void commit(long address, long bytes) {
        Libc.mprotect(address, bytes, Libc.PROT_READ_WRITE);
    }

    @Override
    public void decommit(long address, long bytes) {
        Libc.mmap(address, bytes, Libc.PROT_NONE, RESERVED | Libc.MAP_FIXED);
    }

    @Override
    public void purge(long address, long bytes) {
        Libc.madvise(address, bytes, Libc.MADV_DONTNEED);
    }

    @Override
    @SuppressWarnings("restricted")
    public MemorySegment boundedBy(MemorySegment segment, Arena arena) {
        return segment.reinterpret(arena, null);
    }

    @Override
    public MemorySegment piece(AddressRange range, long offset, long bytes) {
        return range.segment().asSlice(offset, bytes);
    }

    @Override
    public boolean canPurge() {
        return true;
    }

    @Override
    public long residentBytes(long address, long bytes) {
        return (long) Libc.residentPages(address, bytes, 1 << PAGE_SHIFT) << PAGE_SHIFT;
    }

    @Override
    public void release(AddressRange range) {
        Libc.munmap(range.address(), range.bytes());
    }
}
