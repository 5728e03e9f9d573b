/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import io.magpool.api.MemoryRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Linux's own calls. Address space is reserved without access, so that it counts nowhere, also under strict overcommit;
 * {@code mprotect} commits; mapping the same addresses afresh without access is what really decommits (dropping the pages
 * alone leaves the promise counted).
 *
 * <p>Where the system uses transparent huge pages unasked, a kernel thread fills the holes that a purge leaves, so memory
 * that was given back comes back. So committed memory is kept free of them, unless they are asked for; and then it is given back by
 * huge pages only.
 */
final class LinuxMemory implements Memory {

    private static final long REGION_BYTES = 1L << 30;
    private static final long HUGE_PAGE_BYTES = 2L << 20;
    private static final Path UNASKED_HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final int NO_ADVICE = -1;
    private static final int RESERVED = Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE;

    private final boolean hugePages;
    private final boolean populates;
    private final int adviceOnCommit;

    LinuxMemory(boolean hugePages, boolean prefault) {
        this.hugePages = hugePages;
        this.populates = prefault;
        this.adviceOnCommit =
                hugePages ? Libc.MADV_HUGEPAGE : areHugePagesUsedUnasked() ? Libc.MADV_NOHUGEPAGE : NO_ADVICE;
    }

    private static boolean areHugePagesUsedUnasked() {
        try {
            return Files.readString(UNASKED_HUGE_PAGES).contains("[always]");
        } catch (IOException | UncheckedIOException none) {
            return false; // a kernel without them
        }
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public int grainBytes(int chunkBytes) {
        return hugePages ? (int) HUGE_PAGE_BYTES : 1 << PAGE_SHIFT;
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
        if (adviceOnCommit != NO_ADVICE) {
            adviseIfPossible(address, bytes, adviceOnCommit);
        }
    }

    /** Hints, which a kernel may lack. */
    private static void adviseIfPossible(long address, long bytes, int advice) {
        try {
            Libc.madvise(address, bytes, advice);
        } catch (MemoryRefusedException lacking) {
            System.getLogger(LinuxMemory.class.getName()).log(Level.DEBUG, "a hint was refused", lacking);
        }
    }

    @Override
    public boolean populates() {
        return populates;
    }

    @Override
    public void populate(long address, long bytes) {
        adviseIfPossible(address, bytes, Libc.MADV_POPULATE_WRITE);
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
