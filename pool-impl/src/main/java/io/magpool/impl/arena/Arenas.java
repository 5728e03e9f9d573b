/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.impl.concurrent.NumberedTable;
import io.magpool.impl.concurrent.PaddedLong;
import io.magpool.impl.concurrent.VersionedStack;
import io.magpool.impl.magazine.Depot;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.magazine.PairLayout;
import io.magpool.impl.memory.Cores;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.Regions;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All arenas of a pool, and the ways of magazines and chunks through them.
 *
 * <p>Lock-free but for the carving of a new slab. The current core says which arena a thread uses; it is asked anew at each
 * visit, which costs no more than remembering it would.
 *
 * <p>A <em>hand</em> is a thread that holds a slab outside all lists. Hands are counted, since while another hand holds
 * memory a failed try proves nothing, and since no region may be unmapped under a hand: a hand counts itself, then looks
 * whether the pool is closed; who closes marks the pool closed, then looks at the count. A pool is refilled from slabs once
 * in a magazine's worth of operations at most, so the count is off the fast path.
 */
public final class Arenas {

    private static final int NEIGHBOURS = 4;
    private static final int LEFT_TO_NEIGHBOUR = 1; // full magazines that a helpful arena keeps

    private final Memory memory;
    private final Cores cores;
    private final Charge charge;
    private final Regions regions;
    private final Consumer<Slab> onCarve;
    private final NumberedTable<Magazine> magazines = new NumberedTable<>(VersionedStack.MAX_NODES);
    private final NumberedTable<Slab> slabs = new NumberedTable<>(ChunkNumber.MAX_SLABS);
    private final Arena[] arenas;
    private final PairLayout layout;
    private final PaddedLong hands = new PaddedLong();
    private final LongAdder steals = new LongAdder();
    private final LongAdder refills = new LongAdder();
    private final LongAdder carves = new LongAdder();
    private volatile boolean closed;
    private boolean uncharged; // at the end, once; guarded by this

    /**
     * Builds arenas without slabs.
     *
     * @param count how many
     * @param magazineBytes how much memory the chunks of a magazine have together, at most
     * @param memory where slabs come from
     * @param cores says which arena a thread uses
     * @param charge what pages are charged to
     * @param onCarve is told of each new slab, before any of its chunks is handed out
     */
    public Arenas(
            int count, long magazineBytes, Memory memory, Cores cores, Charge charge, Consumer<Slab> onCarve) {
        this.memory = memory;
        this.cores = cores;
        this.charge = charge;
        this.onCarve = onCarve;
        this.regions = new Regions(memory, charge.limit());
        this.arenas = new Arena[count];
        for (int i = 0; i < count; i++) {
            arenas[i] = new Arena(magazines, slabs);
        }
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.setAll(capacities, sizeClass -> MagazineCapacity.of(sizeClass, magazineBytes));
        this.layout = new PairLayout(capacities);
    }

    private int here() {
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
        int here = here();
        Magazine magazine = arenas[here].shelf(sizeClass).depot().takeLoaded();
        if (magazine == null) {
            magazine = takeFromNeighbour(here, sizeClass, NEIGHBOURS, LEFT_TO_NEIGHBOUR);
        }
        return magazine != null ? magazine : refill(here, sizeClass, 1);
    }

    /** What any arena has in its depots and slabs, for when the limit leaves no room. */
    @Nullable Magazine takeLoadedAnywhere(int sizeClass) {
        int here = here();
        Magazine magazine = takeFromNeighbour(here + arenas.length - 1, sizeClass, arenas.length, 0);
        return magazine != null ? magazine : refill(here, sizeClass, arenas.length);
    }

    private @Nullable Magazine takeFromNeighbour(int here, int sizeClass, int neighbours, int leave) {
        for (int i = 1; i <= Math.min(neighbours, arenas.length); i++) {
            Shelf shelf = arenas[(here + i) % arenas.length].shelfIfBuilt(sizeClass);
            if (shelf != null && shelf.depot().loadedMagazines() > leave) {
                Magazine magazine = shelf.depot().takeLoaded();
                if (magazine != null) {
                    steals.increment();
                    return magazine;
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
        beginHand();
        try {
            for (int i = 0; i < among && !filled; i++) {
                filled = fillFromListed((here + i) % arenas.length, sizeClass, magazine);
            }
            filled = filled || fillFromNew(here, sizeClass, magazine);
        } finally {
            endHand();
            if (!filled) {
                put(sizeClass, magazine);
            }
        }
        if (!filled) {
            return null;
        }
        refills.increment();
        return magazine;
    }

    /** A slab that the limit leaves no room in stays in hand meanwhile, so that each is tried once. */
    private boolean fillFromListed(int arena, int sizeClass, Magazine magazine) {
        List<Slab> inVain = List.of();
        VersionedStack<Slab> partial = arenas[arena].shelf(sizeClass).partial();
        try {
            for (Slab slab = partial.pop(); slab != null; slab = partial.pop()) {
                slab.hold();
                if (fill(magazine, slab)) {
                    return true;
                }
                inVain = inVain.isEmpty() ? new ArrayList<>() : inVain;
                inVain.add(slab);
            }
            return false;
        } finally {
            inVain.forEach(this::letGo);
        }
    }

    private boolean fillFromNew(int here, int sizeClass, Magazine magazine) {
        if (charge.limit() - charge.charged() < memoryOfOne(sizeClass)) {
            return false;
        }
        Slab slab = Slab.carve(regions, memory, here, sizeClass);
        boolean filled = false;
        try {
            slabs.put(slab);
            onCarve.accept(slab);
            carves.increment();
            filled = fill(magazine, slab);
        } finally {
            if (!filled) {
                retireOrLetGo(slab);
            }
        }
        return filled;
    }

    private void retireOrLetGo(Slab slab) {
        boolean retired = false;
        try {
            retired = retireIfEmpty(slab);
        } finally {
            if (!retired) {
                letGo(slab);
            }
        }
    }

    private long memoryOfOne(int sizeClass) {
        long grain = 1L << memory.grainShift();
        return Math.ceilDiv(SizeClasses.bytes(sizeClass), grain) * grain;
    }

    /** Fills a magazine from a slab in hand; lets the slab go unless nothing could be had from it. */
    private boolean fill(Magazine magazine, Slab slab) {
        if (slab.take(magazine.capacity() - magazine.count(), charge, magazine::push) == 0) {
            return false;
        }
        letGo(slab);
        return true;
    }

    private boolean retireIfEmpty(Slab slab) {
        if (!slab.isEmpty()) {
            return false;
        }
        slab.retire(regions, charge);
        return true;
    }

    private void letGo(Slab slab) {
        if (slab.letGo()) {
            list(slab);
        }
    }

    private void list(Slab slab) {
        arenas[slab.arena()].shelf(slab.sizeClass()).partial().push(slab);
    }

    /**
     * Finds a magazine without rounds: in the depot of this core, in a neighbour's, or a new one. Without the neighbours, a
     * core that only releases would build one after the other, while they pile up where a core only acquires.
     *
     * @param sizeClass of the rounds to come
     * @return a magazine held by the caller, or null if there are as many as can be numbered
     */
    public @Nullable Magazine takeEmpty(int sizeClass) {
        int here = here();
        for (int i = 0; i <= Math.min(NEIGHBOURS, arenas.length - 1); i++) {
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
        Depot depot = arenas[here()].shelf(sizeClass).depot();
        depot.put(magazine);
        if (closed) {
            sendHome(depot);
            unmapIfAllHome();
        }
    }

    /**
     * Puts chunks into the depot of this core.
     *
     * @param sizeClass of the chunks
     * @param numbers of the chunks, held by the caller until now
     */
    public void put(int sizeClass, int[] numbers) {
        int at = 0;
        while (at < numbers.length) {
            Magazine magazine = takeEmpty(sizeClass);
            if (magazine == null) {
                putHome(numbers[at]);
                at++;
            } else {
                while (at < numbers.length && magazine.push(numbers[at])) {
                    at++;
                }
                put(sizeClass, magazine);
            }
        }
    }

    private void sendHome(Depot depot) {
        for (Magazine full = depot.takeLoaded(); full != null; full = depot.takeLoaded()) {
            for (int number = full.pop(); number >= 0; number = full.pop()) {
                sendHome(number);
            }
            depot.put(full);
        }
    }

    private void sendHome(int number) {
        Slab slab = slabs.get(ChunkNumber.slab(number));
        if (slab.put(ChunkNumber.place(number))) {
            list(slab);
        }
    }

    /**
     * Puts a chunk back into its slab.
     *
     * @param number held by the caller until now
     */
    public void putHome(int number) {
        sendHome(number);
        if (closed) {
            unmapIfAllHome();
        }
    }

    /** Reclaim, first step: chunks of all depots go home, and slabs that are empty then go back. */
    void emptyDepots() {
        forEachShelf(shelf -> sendHome(shelf.depot()));
        forEachShelf(shelf -> settle(shelf, false));
    }

    /** Reclaim, last step: pages that only free chunks cover go back. */
    void purgeFreeRuns() {
        forEachShelf(shelf -> settle(shelf, true));
    }

    private void settle(Shelf shelf, boolean purge) {
        List<Slab> kept = new ArrayList<>();
        beginHand();
        try {
            for (Slab slab = shelf.partial().pop(); slab != null; slab = shelf.partial().pop()) {
                slab.hold();
                kept.add(slab);
                if (retireIfEmpty(slab)) {
                    kept.removeLast();
                } else if (purge) {
                    slab.purge(memory, charge);
                }
            }
        } finally {
            kept.forEach(this::letGo);
            endHand();
        }
    }

    private void forEachShelf(Consumer<Shelf> visitor) {
        for (Arena arena : arenas) {
            for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
                Shelf shelf = arena.shelfIfBuilt(sizeClass);
                if (shelf != null) {
                    visitor.accept(shelf);
                }
            }
        }
    }

    private void beginHand() {
        hands.addAndGet(1);
        if (closed) {
            endHand();
            throw new ClosedArenasException();
        }
    }

    private void endHand() {
        if (hands.addAndGet(-1) == 0 && closed) {
            unmapIfAllHome();
        }
    }

    /** Tells whether another thread holds memory just now, so that a failed try proves nothing. */
    boolean areHandsBusy() {
        return hands.get() != 0;
    }

    /** Refuses refills from now on, and unmaps all when the last chunk is home. The caches must be closed already. */
    public void close() {
        closed = true;
        forEachShelf(shelf -> sendHome(shelf.depot()));
        unmapIfAllHome();
    }

    private synchronized void unmapIfAllHome() {
        if (hands.get() != 0 || !areAllSlabsEmpty()) {
            return;
        }
        if (!uncharged) {
            uncharged = true;
            slabs.forEach(slab -> charge.subtract(slab.isRetired() ? 0 : slab.backedBytes()));
        }
        regions.releaseAll();
    }

    private boolean areAllSlabsEmpty() {
        boolean[] all = {true};
        slabs.forEach(slab -> all[0] &= !all[0] || slab.isRetired() || slab.isEmpty());
        return all[0];
    }

    /**
     * Finds the slab of a chunk.
     *
     * @param number the chunk's
     * @return its slab
     */
    public Slab slab(int number) {
        return slabs.get(ChunkNumber.slab(number));
    }

    /**
     * Calls back for each slab that has not been given back.
     *
     * @param visitor is called on this thread
     */
    public void forEachSlab(Consumer<Slab> visitor) {
        slabs.forEach(slab -> {
            if (!slab.isRetired()) {
                visitor.accept(slab);
            }
        });
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
     * Returns how much address space is reserved.
     *
     * @return bytes
     */
    public long reservedBytes() {
        return regions.reservedBytes();
    }

    /**
     * Counts magazines taken from neighbours.
     *
     * @return a number of magazines
     */
    public long steals() {
        return steals.sum();
    }

    /**
     * Counts magazines filled from slabs.
     *
     * @return a number of refills
     */
    public long refills() {
        return refills.sum();
    }

    /**
     * Counts new slabs.
     *
     * @return a number of slabs
     */
    public long carves() {
        return carves.sum();
    }
}
