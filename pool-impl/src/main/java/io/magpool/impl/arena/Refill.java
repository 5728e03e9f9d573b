/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.concurrent.Generations;
import io.magpool.impl.event.Events;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.PageRuns;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How chunks get from slabs into a magazine: from those that have free ones, or from a new slab.
 *
 * <p>Where memory comes in whole slabs, each new one costs 2 MiB of the limit at once. Threads that find no slab of a class
 * at the same time would each cut one; so one cuts and the others look for its slab for a while. They do not depend on it:
 * whoever has looked in vain cuts a slab too.
 *
 * <p>Where the Java heap has no room for what a step needs, the slab in hand goes back to its place, and the caller gets the
 * error.
 */
final class Refill {

    private static final int NOT_TRIED = -1;
    private static final long LONGEST_WAIT_FOR_ANOTHERS_SLAB = 2_000_000_000; // nanoseconds: longer than the JVM waits for memory
    private static final long PAUSE_FOR_ANOTHERS_SLAB = 200_000; // nanoseconds

    private final SlabStore store;
    private final Memory memory;
    private final Charge charge;
    private final Events events;
    private final Arena[] arenas;

    Refill(SlabStore store, Memory memory, Charge charge, Arena[] arenas, Events events) {
        this.store = store;
        this.memory = memory;
        this.charge = charge;
        this.arenas = arenas;
        this.events = events;
    }

    /**
     * Fills a magazine from slabs.
     *
     * @param magazine without rounds, held by the caller
     * @param here the arena whose slabs come first, and to which a new slab will belong
     * @param sizeClass of the rounds
     * @param among how many arenas' slabs to look at before a new one is cut
     * @return false if the limit leaves no room
     */
    boolean fill(Magazine magazine, int here, int sizeClass, int among) {
        Object begun = events.beginRefill();
        boolean filled = false;
        store.beginHand();
        try {
            filled = fillFromListed(magazine, here, sizeClass, among) || fillFromNew(magazine, here, sizeClass);
        } finally {
            store.endHand();
        }
        if (filled) {
            arenas[here].shelf(sizeClass).visits().refills().incrementAndGet();
            events.endRefill(begun, here, SizeClasses.bytes(sizeClass), magazine.count());
        }
        return filled;
    }

    private boolean fillFromListed(Magazine magazine, int here, int sizeClass, int among) {
        for (int i = 0; i < among; i++) {
            Shelf shelf = arenas[(here + i) % arenas.length].shelfIfBuilt(sizeClass);
            if (shelf != null && fillFromListed(magazine, shelf)) {
                return true;
            }
        }
        return false;
    }

    /** A slab that the limit leaves no room in stays in hand meanwhile, so that each is tried once. */
    private boolean fillFromListed(Magazine magazine, Shelf shelf) {
        List<Slab> inVain = List.of();
        Generations<Slab> partial = shelf.partial();
        try {
            for (Slab slab = partial.pop(); slab != null; slab = partial.pop()) {
                slab.hold();
                if (fillFrom(magazine, slab)) {
                    return true;
                }
                inVain = store.with(slab, inVain);
            }
            return false;
        } finally {
            store.letGoAll(inVain);
        }
    }

    /** Fills a magazine from a slab in hand; lets the slab go unless nothing could be had from it. */
    private boolean fillFrom(Magazine magazine, Slab slab) {
        PageRuns fresh = null;
        int taken = NOT_TRIED;
        try {
            fresh = memory.populates() ? new PageRuns() : null;
            taken = slab.take(magazine.capacity() - magazine.count(), charge, magazine::push, fresh);
        } finally {
            if (taken == NOT_TRIED) { // the Java heap has no room
                store.letGo(slab);
            }
        }
        if (taken == 0) {
            return false;
        }
        store.touch(slab);
        store.letGo(slab);
        if (fresh != null) {
            fresh.populate(memory); // with chunks in hand, but no slab
        }
        return true;
    }

    private boolean fillFromNew(Magazine magazine, int here, int sizeClass) {
        return memory.canPurge() ? carve(magazine, here, sizeClass) : shareNew(magazine, here, sizeClass);
    }

    /**
     * Where a slab is charged as a whole: one thread cuts it, and others who need the same wait until there is something for them,
     * or they are the one. What they look for first is what those before them have put into the depot: a thousand virtual threads
     * that wait for a chunk each, and then fill a magazine each, would use the limit up with slabs of one class.
     */
    private boolean shareNew(Magazine magazine, int here, int sizeClass) {
        Shelf shelf = arenas[here].shelf(sizeClass);
        long start = System.nanoTime();
        do {
            if (fillFromDepot(magazine, shelf) || fillFromListed(magazine, shelf)) {
                return true;
            }
            if (shelf.carving().cas(0, 1)) {
                try {
                    return fillFromDepot(magazine, shelf) || fillFromListed(magazine, shelf)
                            || carveUnlessOthersDid(magazine, here, sizeClass);
                } finally {
                    shelf.carving().set(0);
                }
            }
            LockSupport.parkNanos(PAUSE_FOR_ANOTHERS_SLAB);
        } while (System.nanoTime() - start < LONGEST_WAIT_FOR_ANOTHERS_SLAB);
        return carveUnlessOthersDid(magazine, here, sizeClass);
    }

    private static boolean fillFromDepot(Magazine magazine, Shelf shelf) {
        Magazine loaded = shelf.depot().takeLoaded();
        if (loaded == null) {
            return false;
        }
        while (!loaded.isEmpty() && magazine.count() < magazine.capacity()) {
            magazine.push(loaded.pop());
        }
        shelf.depot().put(loaded);
        return true;
    }

    private boolean carve(Magazine magazine, int here, int sizeClass) {
        if (store.room() < store.memoryOfOne(sizeClass)) {
            return false;
        }
        Object begun = events.beginCarve();
        return fillFromCarved(magazine, store.carve(here, sizeClass), begun);
    }

    private boolean fillFromCarved(Magazine magazine, Slab slab, @Nullable Object begun) {
        boolean filled = fillFrom(magazine, slab);
        if (filled) {
            countCarve(slab, begun);
        } else {
            store.retireOrLetGo(slab);
        }
        return filled;
    }

    /**
     * Cuts a slab where memory comes whole. That may have taken long: then what others have cut meanwhile comes first, and
     * the new one is not charged.
     */
    private boolean carveUnlessOthersDid(Magazine magazine, int here, int sizeClass) {
        if (store.room() < store.memoryOfOne(sizeClass)) {
            return false;
        }
        Object begun = events.beginCarve();
        Slab slab = store.carve(here, sizeClass);
        boolean tried = false;
        boolean filled = false;
        try {
            filled = fillFromListed(magazine, here, sizeClass, 1);
            tried = true;
        } finally {
            if (filled || !tried) {
                store.retireOrLetGo(slab);
            }
        }
        return filled || fillFromCarved(magazine, slab, begun);
    }

    private void countCarve(Slab slab, @Nullable Object begun) {
        arenas[slab.arena()].shelf(slab.sizeClass()).visits().carves().incrementAndGet();
        events.endCarve(begun, slab.arena(), slab.chunkBytes(), slab.count());
    }
}
