/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Address space, reserved in large pieces, given out as frames of one slab each.
 *
 * <p>The lock covers the two lists only, never a call to the system (invariant 5): threads that find no frame at the same
 * time may reserve a region each, and both will be used. Regions stay reserved until the pool is closed and empty, but for
 * those of a single slab (where address space is scarce), which go back with it.
 *
 * <p>Portable memory is freed by the JVM, some time after the last reference to it is gone. To give a slab's memory back and
 * take another's in its place would mean to hold both until the next collection. So such a frame is kept, with its memory,
 * and is the first to be used again. There are never more frames than the limit once allowed.
 *
 * <p>Several stores of slabs may share regions: those of a family of pools. Each gives back what it took when it ends; the
 * last one releases all.
 *
 * <p>The first reservation that is refused (by RLIMIT_AS, say) is tried again smaller, down to one slab.
 */
public final class Regions {

    private final Memory memory;
    private final ArrayList<Frame> frames = new ArrayList<>(); // a stack of the free; decommitted, where that is possible
    private int[] vacant = new int[16]; // a stack of the numbers of regions that went back
    private int vacancies;
    private final List<AddressRange> regions = new ArrayList<>();
    private int numbered;
    private int users;
    private volatile long regionBytes;

    /**
     * Reserves nothing yet.
     *
     * @param memory where address space comes from
     * @param usefulBytes more than this will not be used, so no region is larger
     */
    public Regions(Memory memory, long usefulBytes) {
        this.memory = memory;
        this.regionBytes = Math.max(
                Slab.BYTES, Math.min(memory.regionBytes(), Slab.BYTES * Math.ceilDiv(usefulBytes, Slab.BYTES)));
    }

    /** One more store takes its frames here. */
    public synchronized void join() {
        users++;
    }

    /** A store has ended: it has given back all its frames, or is the last. */
    public synchronized void leave() {
        users--;
    }

    /**
     * Tells how many stores take their frames here.
     *
     * @return a number of stores that have not ended
     */
    public synchronized int users() {
        return users;
    }

    /**
     * Takes a frame and makes it usable.
     *
     * @return a frame, held by the caller
     * @throws MemoryRefusedException if the system refuses, or all numbers are in use; nothing has changed then
     */
    Frame take() {
        Frame frame = pollFrame();
        if (frame == null) {
            frame = reserve();
        }
        try {
            memory.commit(frame.address(), Slab.BYTES);
        } catch (MemoryRefusedException refused) {
            putBack(frame);
            throw refused;
        }
        return frame;
    }

    /**
     * Gives a frame back. Its pages are dropped, where pages are.
     *
     * @param frame held by the caller until now
     */
    void give(Frame frame) {
        if (!memory.canPurge()) {
            putBack(frame.used());
        } else if (isSingle(frame.region())) {
            memory.release(frame.region());
            forget(frame);
        } else {
            memory.decommit(frame.address(), Slab.BYTES);
            putBack(frame);
        }
    }

    private static boolean isSingle(AddressRange region) {
        return region.bytes() == Slab.BYTES;
    }

    private synchronized @Nullable Frame pollFrame() {
        return frames.isEmpty() ? null : frames.removeLast();
    }

    private synchronized void putBack(Frame frame) {
        frames.add(frame);
    }

    private synchronized void forget(Frame frame) {
        regions.remove(frame.region());
        vacant[vacancies] = frame.number();
        vacancies++;
    }

    private Frame reserve() {
        AddressRange region = reserveOrSmaller();
        Frame first = null;
        try {
            first = cut(region);
        } finally {
            if (first == null) {
                memory.release(region);
            }
        }
        return first;
    }

    /**
     * Cuts a region into frames, of which the caller gets the first. All that the frames will need when they come back is built now:
     * who gives memory back must be able to say so, also where the Java heap is full.
     */
    private synchronized Frame cut(AddressRange region) {
        int slabs = (int) (region.bytes() / Slab.BYTES);
        int wanted = Math.min(slabs, vacancies + ChunkNumber.MAX_SLABS - numbered);
        if (wanted == 0) {
            throw new MemoryRefusedException(
                    "a slab", "all " + ChunkNumber.MAX_SLABS + " slabs of the pool are in use by other sizes");
        }
        int most = numbered + Math.max(0, wanted - vacancies);
        frames.ensureCapacity(most);
        vacant = most <= vacant.length ? vacant : Arrays.copyOf(vacant, Math.max(most, 2 * vacant.length));
        Frame[] cut = new Frame[wanted];
        for (int i = 0; i < wanted; i++) {
            int number = i < vacancies ? vacant[vacancies - 1 - i] : numbered + i - vacancies;
            cut[i] = new Frame(number, region, i * Slab.BYTES, true);
        }
        regions.add(region); // the last step that may fail
        vacancies -= Math.min(wanted, vacancies);
        numbered = most;
        for (int i = wanted - 1; i > 0; i--) {
            frames.add(cut[i]);
        }
        return cut[0];
    }

    private AddressRange reserveOrSmaller() {
        while (true) {
            long bytes = regionBytes;
            try {
                return memory.reserve(bytes, memory.slabAlignment());
            } catch (MemoryRefusedException refused) {
                if (bytes == Slab.BYTES) {
                    throw refused;
                }
                regionBytes = Math.max(Slab.BYTES, (bytes / 2) & -Slab.BYTES);
            }
        }
    }

    /**
     * Forgets spare frames that still have their memory, so that the JVM can free it. Where pages can be given back, there
     * are none.
     *
     * @return true if there was one
     */
    public boolean dropSpares() {
        if (memory.canPurge()) {
            return false;
        }
        boolean any = false;
        for (Frame frame = pollFrame(); frame != null; frame = pollFrame()) {
            boolean released = false;
            try {
                memory.release(frame.region());
                released = true;
            } finally {
                if (!released) {
                    putBack(frame);
                }
            }
            forget(frame);
            any = true;
        }
        return any;
    }

    /**
     * Returns how much address space is reserved.
     *
     * @return bytes
     */
    public synchronized long reservedBytes() {
        return regions.stream().mapToLong(AddressRange::bytes).sum();
    }

    /**
     * Gives all regions back. Nobody may hold a chunk, nor take a frame afterwards. May be called again.
     *
     * @throws MemoryRefusedException if the system refuses to take some back; those can be tried again
     */
    public void releaseAll() {
        List<AddressRange> all;
        synchronized (this) {
            all = List.copyOf(regions);
            regions.clear();
            frames.clear();
        }
        MemoryRefusedException first = null;
        int done = 0;
        try {
            for (AddressRange region : all) {
                try {
                    memory.release(region);
                } catch (MemoryRefusedException refused) {
                    first = first == null ? refused : first;
                    keep(region);
                }
                done++;
            }
        } finally {
            for (int rest = done; rest < all.size(); rest++) { // where the Java heap had no room
                keep(all.get(rest));
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private synchronized void keep(AddressRange region) {
        regions.add(region);
    }
}
