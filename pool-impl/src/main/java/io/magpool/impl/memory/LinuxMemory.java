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
import java.util.BitSet;

/**
 * Linux's own calls. Address space is reserved without access, so that it counts nowhere, also under strict overcommit;
 * {@code mprotect} commits; mapping the same addresses afresh without access is what really decommits (dropping the pages
 * alone leaves the promise counted).
 *
 * <p>A range grows where it is if the addresses behind it are free, else its pages move to where the kernel likes, which is
 * aligned to pages. Where more alignment is wanted it does not move. Rejected: to move it onto an aligned reservation by
 * MREMAP_FIXED. A refusal may come before or after the kernel has unmapped the reservation, without a word which, and to
 * unmap it again could then hit what another thread has mapped there meanwhile.
 *
 * <p>Where the kernel can (CONFIG_ANON_VMA_NAME), all mappings bear the pool's name in /proc/self/maps.
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

    private final Hints hints;
    private final Leftovers leftovers = new Leftovers(Libc::munmap);
    private final VectoredPurge vectored = new VectoredPurge(
            (runs, from, count) -> Libc.madvise(runs, from, count, Libc.MADV_DONTNEED), this::purge);
    private final MemorySegment label;
    private final boolean hugePages;
    private final boolean populates;
    private final int adviceOnCommit;
    private volatile boolean canName = true;

    /** {@code madvise(2)}, where the answer does not matter. */
    interface Hints {

        void advise(long address, long bytes, int advice);
    }

    LinuxMemory(String poolName, boolean hugePages, boolean prefault) {
        this(poolName, hugePages, prefault, UNASKED_HUGE_PAGES, Libc::madvise);
    }

    /**
     * For tests.
     *
     * @param unasked where the system says whether it uses huge pages unasked
     * @param hints gets what is advised when memory is committed or populated
     */
    LinuxMemory(String poolName, boolean hugePages, boolean prefault, Path unasked, Hints hints) {
        this.hints = hints;
        this.label = Arena.ofAuto().allocateFrom("magpool:" + poolName);
        this.hugePages = hugePages;
        this.populates = prefault;
        this.adviceOnCommit =
                hugePages ? Libc.MADV_HUGEPAGE : areHugePagesUsed(unasked) ? Libc.MADV_NOHUGEPAGE : NO_ADVICE;
    }

    private static boolean areHugePagesUsed(Path unasked) {
        try {
            return Files.readString(unasked).contains("[always]");
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
    public AddressRange reserve(long bytes, long alignment) {
        leftovers.tryAgain();
        long slack = alignment - (1L << PAGE_SHIFT);
        long start = Libc.mmap(0, bytes + slack, Libc.PROT_NONE, RESERVED);
        long address = (start + alignment - 1) & -alignment;
        AddressRange range = null;
        try {
            leftovers.unmap(start, address - start);
            leftovers.unmap(address + bytes, start + slack - address);
            nameMapping(address, bytes);
            range = AddressRange.at(address, bytes);
        } finally {
            if (range == null) {
                Libc.munmap(address, bytes);
            }
        }
        return range;
    }

    private void nameMapping(long address, long bytes) {
        if (canName) {
            try {
                canName = Libc.nameMapping(address, bytes, label);
            } catch (OutOfMemoryError noRoom) { // a name is not worth losing track of what was done
            }
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
    private void adviseIfPossible(long address, long bytes, int advice) {
        try {
            hints.advise(address, bytes, advice);
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
        nameMapping(address, bytes);
    }

    @Override
    public void purge(long address, long bytes) {
        Libc.madvise(address, bytes, Libc.MADV_DONTNEED);
    }

    @Override
    public int purge(PageRuns runs, int from) {
        return vectored.purge(runs, from);
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
    public boolean isMapped() {
        return true;
    }

    @Override
    public long resize(AddressRange range, long bytes, long alignment) {
        long address = range.address();
        if (bytes <= range.bytes()) {
            if (bytes < range.bytes()) {
                Libc.munmap(address + bytes, range.bytes() - bytes);
            }
            return address;
        }
        if (alignment <= 1L << PAGE_SHIFT) {
            return Libc.mremap(address, range.bytes(), bytes, Libc.MREMAP_MAYMOVE);
        }
        try {
            return Libc.mremap(address, range.bytes(), bytes, 0);
        } catch (MemoryRefusedException noRoomBehind) {
            return NOT_RESIZED;
        }
    }

    @Override
    public long residentBytes(long address, long bytes) {
        return (long) Libc.residentPages(address, bytes, 1 << PAGE_SHIFT).cardinality() << PAGE_SHIFT;
    }

    @Override
    public BitSet residentPages(long address, long bytes) {
        return Libc.residentPages(address, bytes, 1 << PAGE_SHIFT);
    }

    @Override
    public void release(AddressRange range) {
        leftovers.tryAgain();
        Libc.munmap(range.address(), range.bytes());
    }
}
