/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.concurrent.NumberedTable;
import io.magpool.impl.concurrent.SpreadLong;
import io.magpool.impl.concurrent.VersionedStack;
import io.magpool.impl.event.Events;
import io.magpool.impl.magazine.Depot;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.magazine.PairLayout;
import io.magpool.impl.memory.Cores;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.Regions;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import io.magpool.impl.slab.SlabListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All arenas of a pool, and the ways of magazines through their depots; chunks come from and go home to the slabs behind.
 *
 * <p>Lock-free but for the carving of a new slab. The current core says which arena a thread uses; it is asked anew at each
 * visit, which costs no more than remembering it would.
 */
public final class Arenas {

    private static final int NEIGHBOURS = 4;
    private static final int LEFT_TO_NEIGHBOUR = 1; // full magazines that a helpful arena keeps

    private final Cores cores;
    private final Events events;
    private final NumberedTable<Magazine> magazines = new NumberedTable<>(VersionedStack.MAX_NODES);
    private final Arena[] arenas;
    private final SlabStore slabs;
    private final Refill refill;
    private final Surplus surplus;
    private final Stocked[] stocked = new Stocked[SizeClasses.COUNT];
    private final PairLayout layout;
    private final SpreadLong outside; // by arena: bytes of chunks that left depots and slabs there, less what came
    private volatile boolean closed;

    /**
     * Builds arenas without slabs.
     *
     * @param count how many
     * @param magazineBytes how much memory the chunks of a magazine have together, at most
     * @param platform what says which arena a thread uses
     * @param regions where slabs come from, perhaps shared with others
     * @param charge what pages are charged to
     * @param listener is told of each slab
     * @param events is told of magazines and slabs
     */
    public Arenas(int count, long magazineBytes, Platform platform, Regions regions, Charge charge,
            SlabListener listener, Events events) {
        this.events = events;
        this.cores = platform.cores();
        this.arenas = new Arena[count];
        this.outside = new SpreadLong(count);
        NumberedTable<Slab> table = new NumberedTable<>(ChunkNumber.MAX_SLABS);
        for (int i = 0; i < count; i++) {
            arenas[i] = new Arena(magazines, table);
        }
        this.slabs = new SlabStore(platform.memory(), regions, charge, listener, table, arenas, events);
        this.refill = new Refill(slabs, platform.memory(), charge, arenas, events);
        this.surplus = new Surplus(this, slabs);
        Arrays.setAll(stocked, sizeClass -> new Stocked());
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.setAll(capacities, sizeClass -> MagazineCapacity.of(sizeClass, magazineBytes));
        this.layout = new PairLayout(capacities);
    }

    /** Begins to use the regions; {@link #close} ends it. Only what has not begun may be dropped without being closed. */
    public void open() {
        slabs.open();
    }

    /**
     * Says which arena the calling thread uses, just now.
     *
     * @return its index
     */
    public int here() {
        return Math.floorMod(cores.current(), arenas.length);
    }

    /**
     * Finds a magazine with rounds: in the depot of this core, in a neighbour's, or filled from a slab.
     *
     * @param sizeClass of the rounds
     * @return a magazine held by the caller, or null if the limit leaves no room
     * @throws io.magpool.api.MemoryRefusedException if the system refuses a new slab
     */
    public @Nullable Magazine takeLoaded(int sizeClass) {
        return takeLoaded(sizeClass, NEIGHBOURS, LEFT_TO_NEIGHBOUR, 1);
    }

    /**
     * Finds a magazine with rounds in any arena's depots and slabs, for when the limit leaves no room.
     *
     * @param sizeClass of the rounds
     * @return a magazine held by the caller, or null if the limit leaves no room
     * @throws io.magpool.api.MemoryRefusedException if the system refuses a new slab
     */
    public @Nullable Magazine takeLoadedAnywhere(int sizeClass) {
        return takeLoaded(sizeClass, arenas.length, 0, arenas.length);
    }

    private @Nullable Magazine takeLoaded(int sizeClass, int neighbours, int leave, int among) {
        int here = here();
        Magazine magazine = arenas[here].shelf(sizeClass).depot().takeLoaded();
        if (magazine != null) {
            events.exchanged(here, SizeClasses.bytes(sizeClass), magazine.count(), true);
        } else {
            magazine = takeFromNeighbour(here, sizeClass, neighbours, leave);
        }
        if (magazine == null) {
            magazine = refill(here, sizeClass, among);
        }
        if (magazine != null) {
            outside.add(here, (long) magazine.count() * SizeClasses.bytes(sizeClass));
        }
        return magazine;
    }

    /**
     * Counts what left the depots and slabs and has not come back: acquired, or in the magazines of threads.
     *
     * @return bytes of chunks, a recent figure
     */
    public long outsideBytes() {
        return outside.sum();
    }

    private @Nullable Magazine takeFromNeighbour(int here, int sizeClass, int neighbours, int leave) {
        int asked = 0;
        for (int i = 1; i < arenas.length && asked < neighbours; i++) {
            int neighbour = (here + i) % arenas.length;
            Shelf shelf = stocked[sizeClass].mayContain(neighbour) ? arenas[neighbour].shelfIfBuilt(sizeClass) : null;
            if (shelf != null) {
                asked++;
                Magazine magazine = shelf.depot().loadedMagazines() > leave ? shelf.depot().takeLoaded() : null;
                if (magazine != null) {
                    arenas[here].shelf(sizeClass).visits().steals().incrementAndGet();
                    events.stolen(here, neighbour, SizeClasses.bytes(sizeClass), magazine.count());
                    return magazine;
                }
                if (shelf.depot().loadedMagazines() == 0) {
                    stocked[sizeClass].remove(neighbour);
                }
            }
        }
        return null;
    }

    private @Nullable Magazine refill(int here, int sizeClass, int among) {
        Magazine magazine = takeEmpty(sizeClass);
        if (magazine == null) {
            return null;
        }
        boolean filled = false;
        try {
            filled = refill.fill(magazine, here, sizeClass, among);
        } finally {
            if (!filled) {
                putAway(sizeClass, magazine);
            }
        }
        return filled ? magazine : null;
    }

    /**
     * Finds a magazine without rounds: in the depot of this core, in any other, or a new one. Without the others, a core
     * that only releases would build one after the other, while they pile up where a core only acquires.
     *
     * @param sizeClass of the rounds to come
     * @return a magazine held by the caller, or null if there are as many as can be numbered
     */
    public @Nullable Magazine takeEmpty(int sizeClass) {
        int here = here();
        for (int i = 0; i < arenas.length; i++) {
            Shelf shelf = arenas[(here + i) % arenas.length].shelfIfBuilt(sizeClass);
            Magazine magazine = shelf == null ? null : shelf.depot().takeEmpty();
            if (magazine != null) {
                return magazine;
            }
        }
        return magazines.add(number -> new Magazine(number, layout.magazineCapacity(sizeClass)));
    }

    /**
     * Puts a magazine into the depot of this core. In a closed pool its chunks go home.
     *
     * @param sizeClass of the rounds
     * @param magazine held by the caller until now
     */
    public void put(int sizeClass, Magazine magazine) {
        if (!magazine.isEmpty()) {
            int here = here();
            outside.add(here, -(long) magazine.count() * SizeClasses.bytes(sizeClass));
            events.exchanged(here, SizeClasses.bytes(sizeClass), magazine.count(), false);
        }
        putAway(sizeClass, magazine);
    }

    private void putAway(int sizeClass, Magazine magazine) {
        int here = arenaWithShelf(sizeClass);
        Depot depot = arenas[here].shelf(sizeClass).depot();
        boolean loaded = !magazine.isEmpty();
        depot.put(magazine);
        if (loaded) {
            stocked[sizeClass].add(here);
        }
        if (closed) {
            sendHome(depot);
            slabs.unmapIfPossible();
        }
    }

    /**
     * The arena of this core; or another, if the Java heap has no room for a shelf here: a magazine in hand must not be lost for
     * that. Where its chunks were cut there is one.
     */
    private int arenaWithShelf(int sizeClass) {
        int here = here();
        try {
            arenas[here].shelf(sizeClass);
            return here;
        } catch (OutOfMemoryError noRoom) {
            for (int i = 0; i < arenas.length; i++) {
                if (arenas[i].shelfIfBuilt(sizeClass) != null) {
                    return i;
                }
            }
            throw noRoom;
        }
    }

    /**
     * Puts chunks into the depot of this core.
     *
     * @param sizeClass of the chunks
     * @param numbers of the chunks, held by the caller until now, and {@link ChunkNumber#NONE} anywhere between them
     */
    public void put(int sizeClass, int[] numbers) {
        int at = 0;
        while (at < numbers.length) {
            Magazine magazine = takeEmptyIfPossible(sizeClass);
            if (magazine == null) {
                if (numbers[at] >= 0) {
                    putHome(numbers[at]);
                }
                at++;
            } else {
                while (at < numbers.length && (numbers[at] < 0 || magazine.push(numbers[at]))) {
                    at++;
                }
                put(sizeClass, magazine);
            }
        }
    }

    /** Like {@link #takeEmpty}, for whoever has another way: returns null also where the Java heap has no room. */
    public @Nullable Magazine takeEmptyIfPossible(int sizeClass) {
        try {
            return takeEmpty(sizeClass);
        } catch (OutOfMemoryError noRoom) {
            return null;
        }
    }

    private void sendHome(Depot depot) {
        for (Magazine full = depot.takeLoaded(); full != null; full = depot.takeLoaded()) {
            for (int number = full.pop(); number >= 0; number = full.pop()) {
                slabs.putHome(number);
            }
            depot.put(full);
        }
    }

    /**
     * Puts a chunk back into its slab.
     *
     * @param number held by the caller until now
     */
    public void putHome(int number) {
        outside.add(here(), -slabs.slab(number).chunkBytes());
        slabs.putHome(number);
        if (closed) {
            slabs.unmapIfPossible();
        }
    }

    /** Reclaim: slabs that are empty go back, until there is enough room. */
    void retireEmptySlabs(Shelf shelf, BooleanSupplier isEnough) {
        slabs.settle(shelf, false, isEnough);
    }

    /** Reclaim: the chunks of a depot go home, and slabs that are empty then go back, until there is enough room. */
    void emptyDepot(Shelf shelf, BooleanSupplier isEnough) {
        if (shelf.depot().loadedMagazines() != 0) {
            inHand(() -> sendHome(shelf.depot()));
            for (Arena arena : arenas) { // its rounds may be of any arena's slabs
                Shelf home = arena.shelfIfBuilt(shelf.sizeClass());
                if (home != null) {
                    slabs.settle(home, false, isEnough);
                }
            }
        }
    }

    /** Runs something that holds chunks meanwhile, so that others who find none know that this proves nothing. */
    void inHand(Runnable action) {
        slabs.inHand(action);
    }

    /**
     * Returns what a trimmer works on.
     *
     * @return what nobody wants of these arenas
     */
    public Surplus surplus() {
        return surplus;
    }

    /** Chunks went home to their slabs that came neither from a depot nor by {@link #putHome}. */
    void countHome(long bytes) {
        outside.add(here(), -bytes);
    }

    /** Reclaim: pages that only free chunks cover go back, until there is enough room. */
    void purgeFreeRuns(Shelf shelf, BooleanSupplier isEnough) {
        slabs.settle(shelf, true, isEnough);
    }

    /** All shelves, those of this core's arena first. */
    List<Shelf> shelvesFromHere() {
        List<Shelf> shelves = new ArrayList<>();
        int here = here();
        for (int i = 0; i < arenas.length; i++) {
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                Shelf shelf = arenas[(here + i) % arenas.length].shelfIfBuilt(sizeClass);
                if (shelf != null) {
                    shelves.add(shelf);
                }
            }
        }
        return shelves;
    }

    /**
     * Returns how much the limit leaves.
     *
     * @return bytes that may still be charged; below zero after the limit was lowered
     */
    public long room() {
        return slabs.room();
    }

    /**
     * Returns what a chunk is charged when none of its pages is yet.
     *
     * @param sizeClass of the chunk
     * @return bytes
     */
    public long memoryOfOne(int sizeClass) {
        return slabs.memoryOfOne(sizeClass);
    }

    void forEachShelf(Consumer<Shelf> visitor) {
        for (Arena arena : arenas) {
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                Shelf shelf = arena.shelfIfBuilt(sizeClass);
                if (shelf != null) {
                    visitor.accept(shelf);
                }
            }
        }
    }

    /**
     * Tells whether another thread holds memory just now, so that a failed try proves nothing.
     *
     * @return a recent figure
     */
    public boolean areHandsBusy() {
        return slabs.areHandsBusy();
    }

    /**
     * Refuses hands from now on, and waits a little for those at work, so that what is acquired can be counted.
     *
     * @param whenEnded runs when all memory has been given back, on whichever thread did that: a few steps
     */
    public void refuseHands(Runnable whenEnded) {
        slabs.close(whenEnded);
    }

    /** Then gives all memory back when the last chunk is home. The caches must be closed already. */
    public void close() {
        closed = true;
        forEachShelf(shelf -> sendHome(shelf.depot()));
        slabs.unmapIfAllHome();
    }

    /**
     * Finds the slab of a chunk.
     *
     * @param number the chunk's
     * @return its slab
     */
    public Slab slab(int number) {
        return slabs.slab(number);
    }

    /**
     * Calls back for each slab that has not been given back.
     *
     * @param visitor is called on this thread
     */
    public void forEachSlab(Consumer<Slab> visitor) {
        slabs.forEachSlab(visitor);
    }

    /**
     * Counts the chunks of a class in all depots.
     *
     * @param sizeClass of the chunks
     * @return exact while the pool is quiet, else a recent figure
     */
    public long cached(int sizeClass) {
        long sum = 0;
        for (Arena arena : arenas) {
            Shelf shelf = arena.shelfIfBuilt(sizeClass);
            sum += shelf == null ? 0 : shelf.depot().rounds();
        }
        return sum;
    }

    /**
     * Returns how the pairs of thread caches are laid out, and how many rounds a magazine takes.
     *
     * @return the layout
     */
    public PairLayout layout() {
        return layout;
    }

    /**
     * Returns how many arenas there are.
     *
     * @return a number of arenas
     */
    public int count() {
        return arenas.length;
    }

    /**
     * Tells whether closed arenas have given all their memory back.
     *
     * @return true if so, for ever
     */
    public boolean isEnded() {
        return slabs.isEnded();
    }

    /**
     * Returns how much address space the slabs have, in use or not.
     *
     * @return bytes
     */
    public long slabBytes() {
        return slabs.slabBytes();
    }

    /** Returns how much of the slabs the process has in memory, by a system call for each; -1 where it cannot be told. */
    public long residentBytes() {
        return slabs.residentBytes();
    }

    /** Visits the chunks in all depots, by their numbers. Racy: exact while the pool is quiet. */
    public void forEachRound(IntConsumer visitor) {
        forEachShelf(shelf -> shelf.depot().forEachRound(visitor));
    }

    /** Says what an arena has of a size class in its depot, and how often that was not enough. */
    public ShelfCount count(int arena, int sizeClass) {
        Shelf shelf = arenas[arena].shelfIfBuilt(sizeClass);
        return shelf == null ? ShelfCount.NOTHING : ShelfCount.of(shelf);
    }
}
