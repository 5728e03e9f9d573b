/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where memory comes from. Each method may be called on any thread, holding nothing that others wait for.
 *
 * <p>Every method that asks the system for something throws {@link io.magpool.api.MemoryRefusedException} if the system
 * refuses, and has changed nothing then.
 */
public interface Memory {

    /** What the operating system maps at a time, wherever Magpool runs today, as a power of two: 4 KiB. */
    int PAGE_SHIFT = 12;

    /** What {@link #resize} returns where memory cannot be resized. */
    long NOT_RESIZED = 0;

    /**
     * Names this kind of memory.
     *
     * @return {@code linux} or {@code portable}
     */
    String name();

    /**
     * Returns what can be given back at a time, and so what is counted at a time.
     *
     * @param chunkBytes the size of the chunks in question
     * @return bytes, a divisor or a multiple of the page size; or the size of the chunks
     */
    int grainBytes(int chunkBytes);

    /**
     * Tells what the address of a slab is a multiple of.
     *
     * @return a power of two; 1 where memory has no addresses
     */
    long slabAlignment();

    /**
     * Tells whether memory has addresses, so that nobody's reference to it keeps it.
     *
     * @return false where it is Java arrays
     */
    default boolean hasAddresses() {
        return slabAlignment() > 1;
    }

    /**
     * Tells how much address space it is sensible to reserve at once.
     *
     * @return bytes
     */
    long regionBytes();

    /**
     * Reserves address space. No memory stands behind it before {@link #commit}.
     *
     * @param bytes how much, a multiple of the page size
     * @param alignment what its address shall be a multiple of: a power of two, the page size or more
     * @return the range, owned by the caller
     */
    AddressRange reserve(long bytes, long alignment);

    /**
     * Makes part of a reserved range usable. Its content is zeros.
     *
     * @param address where, a multiple of the page size
     * @param bytes how much, a multiple of the page size
     */
    void commit(long address, long bytes);

    /**
     * Drops memory and the promise of it; the addresses stay reserved.
     *
     * @param address where, a multiple of the page size
     * @param bytes how much, a multiple of the page size
     */
    void decommit(long address, long bytes);

    /**
     * Drops the pages but keeps the memory usable; it reads zeros afterwards.
     *
     * @param address where, a multiple of the grain
     * @param bytes how much, a multiple of the grain
     */
    void purge(long address, long bytes);

    /**
     * Drops the pages of several runs, as {@link #purge(long, long)} does of one: as many as the system takes by one call.
     *
     * @param runs their addresses and lengths are multiples of the grain
     * @param from which of them goes first
     * @return how many went, from that one on: at least one
     */
    default int purge(PageRuns runs, int from) {
        purge(runs.address(from), runs.bytes(from));
        return 1;
    }

    /**
     * Gives a range's memory a life of its own: accesses through the segment fail once the arena is closed. Where the JVM
     * keeps memory alive as long as it is referred to, the arena has no effect.
     *
     * @param segment all of a range
     * @param arena bounds the life of the segment that is returned
     * @return the same memory
     */
    MemorySegment boundedBy(MemorySegment segment, Arena arena);

    /**
     * Returns part of a range for use. Where memory is Java arrays, this is a new array each time; so it is called once
     * for each piece in use.
     *
     * @param range as it was reserved
     * @param offset where the piece begins, in bytes
     * @param bytes how long it is
     * @return the memory, of no closeable arena: views of such are refused by parts of the JDK's channels
     */
    MemorySegment piece(AddressRange range, long offset, long bytes);

    /**
     * Tells whether ranges are mappings that end at their release. Then they may be resized, and a segment that shall not
     * be used beyond the release needs {@link #boundedBy}.
     *
     * @return false where the JVM keeps memory as long as it is referred to
     */
    default boolean isMapped() {
        return false;
    }

    /**
     * Tells whether whoever takes memory is to make it present by {@link #populate}, before it is written.
     *
     * @return true if that was asked for and can be done
     */
    default boolean populates() {
        return false;
    }

    /**
     * Resizes a range, all of which is committed, without copying: what it loses at its end goes back to the system, what
     * it gains is committed and zeros. It may move when it grows, and stays in place when it shrinks. After it has moved,
     * the old addresses are not the caller's any more.
     *
     * <p>The result is a bare address, {@link AddressRange#at} makes a range of it: once the system has moved pages, no
     * lack of Java memory may come between them and who owns them.
     *
     * @param range as it was reserved, or resized before
     * @param bytes how long it shall be, a multiple of the page size, not 0
     * @param alignment what its address shall be a multiple of, as when it was reserved
     * @return its address now, or {@link #NOT_RESIZED} where memory cannot do it; nothing has changed then
     */
    default long resize(AddressRange range, long bytes, long alignment) {
        return NOT_RESIZED;
    }

    /**
     * Makes pages present. Their content stays. A hint: if the system refuses, they come when they are written.
     *
     * @param address where, a multiple of the page size
     * @param bytes how much, a multiple of the page size
     */
    default void populate(long address, long bytes) {}

    /**
     * Counts what the process has resident of a range.
     *
     * @param address where, a multiple of the page size
     * @param bytes how much, a multiple of the page size
     * @return bytes, or -1 where this cannot be told
     */
    default long residentBytes(long address, long bytes) {
        return -1;
    }

    /**
     * Says which pages of a range the process has in memory.
     *
     * @param address where, a multiple of the page size
     * @param bytes how much, a multiple of the page size
     * @return a bit for each page, or nothing where this cannot be told
     */
    default @Nullable BitSet residentPages(long address, long bytes) {
        return null;
    }

    /**
     * Gives a whole range back.
     *
     * @param range as it was reserved, or resized
     */
    void release(AddressRange range);

    /**
     * Tells whether memory can be given back in smaller pieces than slabs.
     *
     * @return true if {@link #purge} does something
     */
    boolean canPurge();
}
