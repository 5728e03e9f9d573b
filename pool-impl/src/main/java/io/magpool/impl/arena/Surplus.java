/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.magazine.CacheRegistry;
import io.magpool.impl.magazine.Depot;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.slab.Purge;
import io.magpool.impl.slab.SizeClasses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a trimmer does in the arenas of a pool: chunks that nobody wants go home to their slabs, and slabs' memory back. It holds
 * one magazine or one slab at a time, so that whoever wants chunks meanwhile finds all others in their place.
 */
public final class Surplus {

    private final Arenas arenas;
    private final SlabStore slabs;

    Surplus(Arenas arenas, SlabStore slabs) {
        this.arenas = arenas;
        this.slabs = slabs;
    }

    /**
     * Empties the caches that were idle since this was called last, or all that no thread is inside of.
     *
     * @param caches of the pool
     * @param all true for those too that were used
     */
    public void emptyCaches(CacheRegistry caches, boolean all) {
        slabs.inHand(() -> {
            caches.reapDead(all ? this::putIdleHome : arenas::put);
            if (all) {
                caches.revokeAll(this::putIdleHome);
            } else {
                caches.revokeIdle(this::putIdleHome);
            }
        });
    }

    /**
     * Sends home the chunks of magazines that nobody wanted for an interval, and forgets magazines without rounds that
     * nobody wanted.
     *
     * @param all true for all magazines, wanted or not
     */
    public void sendIdleHome(boolean all) {
        arenas.forEachShelf(shelf -> {
            long sent;
            do {
                sent = sendOneHome(shelf.depot(), all);
            } while (sent >= 0);
            shelf.depot().dropEmpty(all);
        });
    }

    /**
     * Sends chunks home from depots, wanted or not.
     *
     * @param bytes how much, or a magazine more
     * @return how much did not, for lack of any; below zero if more did
     */
    public long sendHome(long bytes) {
        long[] left = {bytes};
        arenas.forEachShelf(shelf -> {
            while (left[0] > 0) {
                long sent = sendOneHome(shelf.depot(), true);
                if (sent < 0) {
                    return;
                }
                left[0] -= sent;
            }
        });
        return left[0];
    }

    /** Returns how many bytes went home, or -1 if there was no magazine. */
    private long sendOneHome(Depot depot, boolean any) {
        long[] sent = {-1};
        slabs.inHand(() -> {
            Magazine magazine = any ? depot.takeLoaded() : depot.takeIdle();
            if (magazine != null) {
                sent[0] = 0;
                for (int number = magazine.pop(); number >= 0; number = magazine.pop()) {
                    sent[0] += slabs.slab(number).chunkBytes();
                    slabs.putIdleHome(number);
                }
                depot.put(magazine);
            }
        });
        return sent[0];
    }

    private void putIdleHome(int sizeClass, int[] numbers) {
        int sent = 0;
        for (int number : numbers) {
            if (number >= 0) {
                slabs.putIdleHome(number);
                sent++;
            }
        }
        arenas.countHome((long) sent * SizeClasses.bytes(sizeClass));
    }

    /**
     * Runs something that holds memory meanwhile, so that others who find none know that this proves nothing.
     *
     * @param action gives memory back
     */
    public void inHand(Runnable action) {
        slabs.inHand(action);
    }

    /** Begins a new interval. One thread at a time. */
    public void beginInterval() {
        arenas.forEachShelf(shelf -> shelf.depot().flip());
        slabs.beginInterval();
    }

    /**
     * Begins a bill.
     *
     * @param budget as long as anything of it is left, one more piece may be given back, in bytes
     * @param most how much may be given back with the last piece, in bytes
     * @param allowed by a rate: as long as anything of it is left, one more piece may be given back, in bytes
     * @param measured true to have the system asked what was resident
     * @return the bill, of nothing yet
     */
    public Purge newPurge(long budget, long most, long allowed, boolean measured) {
        return slabs.newPurge(budget, most, allowed, measured);
    }

    /**
     * Gives empty slabs back, and in others the pages that only free chunks cover.
     *
     * @param purge the budget and the bill
     * @param freshToo true for slabs too whose chunks were wanted in this interval
     * @param turn another number each time: so a budget that is too small does not end at the same shelf for ever
     */
    public void trim(Purge purge, boolean freshToo, int turn) {
        List<Shelf> inTurn = new ArrayList<>();
        arenas.forEachShelf(inTurn::add);
        Collections.rotate(inTurn, -Math.floorMod(turn, Math.max(1, inTurn.size())));
        inTurn.forEach(shelf -> slabs.trim(shelf, purge, freshToo));
    }

    /** Lets go of memory that is kept though no slab has it, where pages cannot be given back singly. */
    public void dropSpares() {
        slabs.dropSpares();
    }

    /**
     * Measures what could be given back. Walks all slabs.
     *
     * @return a recent figure
     */
    public Holdings measure() {
        long[] sums = new long[3];
        slabs.forEachSlab(slab -> {
            long reclaimable = slab.isEmpty() ? slab.backedBytes() : slabs.canPurge() ? slab.reclaimableBytes() : 0;
            sums[0] += slab.backedBytes();
            sums[1] += reclaimable;
            sums[2] += slabs.isTouched(slab) ? 0 : reclaimable;
        });
        long inDepots = 0;
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            inDepots += arenas.cached(sizeClass) * SizeClasses.bytes(sizeClass);
        }
        return new Holdings(sums[0], sums[1], sums[2], inDepots);
    }

    /**
     * Tells whether any slab has memory, or any depot magazines.
     *
     * @return false if there is nothing that a trim could ever take, before somebody fills a magazine
     */
    public boolean isAnythingToTrim() {
        boolean[] any = {false};
        slabs.forEachSlab(slab -> any[0] |= slab.backedBytes() != 0);
        arenas.forEachShelf(shelf -> any[0] |= shelf.depot().magazines() != 0);
        return any[0];
    }
}
