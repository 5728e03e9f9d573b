/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.PageRuns;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much may be given back, and what was: the budget and the bill of one trim. For one thread.
 *
 * <p>Whoever has memory dropped through this has the charge relieved too.
 */
public final class Purge {

    private final Memory memory;
    private final Charge charge;
    private final boolean measured;
    private final PageRuns runsInHand = new PageRuns(); // of one slab
    private long planned; // bytes of the runs in hand
    private long left; // of the budget
    private long most; // the budget for the last piece
    private long allowed; // by a rate
    private long advised;
    private long gone;
    private boolean unknown;
    private long runs;
    private long calls;

    /**
     * Begins a bill.
     *
     * @param memory drops pages, if it can
     * @param charge is relieved of them
     * @param budget as long as anything of it is left, one more piece may be given back, in bytes
     * @param most how much may be given back with the last piece: {@code budget} or more, in bytes
     * @param allowed by a rate: as long as anything of it is left, one more piece may be given back, in bytes
     * @param measured true to have the system asked what was resident; it takes two more calls for each slab
     */
    public Purge(Memory memory, Charge charge, long budget, long most, long allowed, boolean measured) {
        this.memory = memory;
        this.charge = charge;
        this.left = budget;
        this.most = most;
        this.allowed = allowed;
        this.measured = measured;
    }

    boolean canPurge() {
        return memory.canPurge();
    }

    /**
     * Tells whether anything may be given back.
     *
     * @return false if the budget is used up, or what the rate allows
     */
    public boolean isAnythingLeft() {
        return left > 0 && allowed > 0;
    }

    /**
     * Returns what is left of the budget, whatever the rate says.
     *
     * @return bytes
     */
    public long leftBytes() {
        return left;
    }

    private long covered() {
        return Math.min(left, allowed);
    }

    /**
     * Returns what is left for the last piece, whatever the rate says.
     *
     * @return bytes, {@link #leftBytes()} or more
     */
    public long mostBytes() {
        return most;
    }

    /**
     * Tells whether a piece may be given back that could also go in parts.
     *
     * @param bytes its length
     * @return true if it exceeds nothing
     */
    public boolean covers(long bytes) {
        return bytes <= covered();
    }

    /**
     * Tells whether a piece may be given back that can only go whole.
     *
     * @param bytes its length
     * @return true if there is something left, and room for it
     */
    public boolean allows(long bytes) {
        return isAnythingLeft() && bytes <= most;
    }

    /** Returns how many grains may be given back. */
    int grains(int grainBytes) {
        long covered = covered() - planned;
        long wanted = Math.ceilDiv(Math.max(0, Math.min(covered, Slab.BYTES)), (long) grainBytes);
        return (int) Math.min(wanted, Math.max(0, most - planned) / grainBytes);
    }

    /**
     * Has a mapping given back whole, which the caller holds.
     *
     * @param address where it begins
     * @param bytes its length
     * @param unmap gives it back and relieves the charge; returns false if the system refuses
     */
    public void unmap(long address, long bytes, BooleanSupplier unmap) {
        long before = resident(address, bytes);
        if (unmap.getAsBoolean()) {
            calls++;
            count(bytes);
            gone += Math.max(0, before); // the addresses may be somebody else's by now
            unknown |= before < 0;
        }
    }

    /** Gets each run of pages that was dropped. */
    interface Dropped {

        void accept(long address, long bytes);
    }

    /** Plans to drop pages of a slab, which the caller holds: they follow what was planned before. */
    void plan(long address, long bytes) {
        runsInHand.add(address, address + bytes);
        planned += bytes;
    }

    /** Drops what was planned of a slab, by as few calls as the system needs. If it refuses, what went until then is gone. */
    void dropPlanned(Slab slab, Dropped dropped) {
        BitSet before = residentPages(slab);
        int done = 0;
        try {
            while (done < runsInHand.count()) {
                int end = done + memory.purge(runsInHand, done);
                calls++;
                for (; done < end; done++) {
                    long bytes = runsInHand.bytes(done);
                    planned -= bytes;
                    count(bytes);
                    charge.subtract(bytes);
                    dropped.accept(runsInHand.address(done), bytes);
                }
            }
        } finally {
            countGone(slab, before, done);
        }
    }

    /** Plans anew. */
    void forgetPlan() {
        runsInHand.clear();
        planned = 0;
    }

    private void countGone(Slab slab, @Nullable BitSet before, int done) {
        BitSet after = before == null || done == 0 ? before : residentPages(slab);
        if (before == null || after == null) {
            unknown |= done != 0;
            return;
        }
        for (int run = 0; run < done; run++) {
            int first = (int) ((runsInHand.address(run) - slab.address()) >>> Memory.PAGE_SHIFT);
            int end = first + (int) (runsInHand.bytes(run) >>> Memory.PAGE_SHIFT);
            for (int page = before.nextSetBit(first); page >= 0 && page < end; page = before.nextSetBit(page + 1)) {
                gone += after.get(page) ? 0 : 1 << Memory.PAGE_SHIFT;
            }
        }
    }

    /** Returns null also where there is no heap to look with: what is in hand must go on its way. */
    private @Nullable BitSet residentPages(Slab slab) {
        if (!measured) {
            return null;
        }
        try {
            return memory.residentPages(slab.address(), Slab.BYTES);
        } catch (MemoryRefusedException | OutOfMemoryError unknowable) {
            return null;
        }
    }

    /**
     * Retires an empty slab. For its hand.
     *
     * @param slab whose memory goes back
     * @param regions get its place back
     * @throws MemoryRefusedException if the system refuses; nothing has changed then
     */
    public void retire(Slab slab, Regions regions) {
        long backed = slab.backedBytes();
        long before = resident(slab.address(), Slab.BYTES);
        slab.retire(regions, charge);
        count(before, slab.address(), Slab.BYTES, backed);
    }

    private void count(long bytes) {
        left -= bytes;
        most -= bytes;
        allowed -= bytes;
        advised += bytes;
        runs += bytes == 0 ? 0 : 1;
    }

    private void count(long before, long address, long range, long bytes) {
        calls++;
        count(bytes);
        if (before > 0) {
            gone += Math.max(0, before - Math.max(0, resident(address, range)));
        } else {
            unknown |= before < 0;
        }
    }

    /** Returns -1 also for what is mapped no more, and where there is no heap to look with: what is in hand must go on its way. */
    private long resident(long address, long bytes) {
        if (!measured) {
            return -1;
        }
        try {
            return memory.residentBytes(address, bytes);
        } catch (MemoryRefusedException | OutOfMemoryError unknowable) {
            return -1;
        }
    }

    /**
     * Returns how much was given back.
     *
     * @return bytes
     */
    public long advisedBytes() {
        return advised;
    }

    /**
     * Returns how much was resident and is no more.
     *
     * @return bytes, or nothing where that is not known
     */
    public OptionalLong goneBytes() {
        return !measured || unknown ? OptionalLong.empty() : OptionalLong.of(gone);
    }

    /**
     * Counts runs of neighbouring pages.
     *
     * @return a number of runs
     */
    public long runs() {
        return runs;
    }

    /**
     * Counts calls that gave memory back.
     *
     * @return a number of calls
     */
    public long calls() {
        return calls;
    }
}
