/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import io.magpool.api.BufferPool;
import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.concurrent.Generations;
import io.magpool.impl.concurrent.NumberedTable;
import io.magpool.impl.concurrent.PaddedLong;
import io.magpool.impl.event.Events;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.Purge;
import io.magpool.impl.slab.Regions;
import io.magpool.impl.slab.SizeClasses;
import io.magpool.impl.slab.Slab;
import io.magpool.impl.slab.SlabListener;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * All slabs of a pool, listed by arena and size class: how chunks come home, and slabs to their end. How chunks get out is
 * {@link Refill}'s affair.
 *
 * <p>Whoever holds a slab outside all lists is counted meanwhile, see {@link Hands}.
 *
 * <p>Where the Java heap has no room for what a step needs, the slab in hand goes back to its place, and the caller gets the
 * error.
 */
final class SlabStore {

    private final Memory memory;
    private final Charge charge;
    private final SlabListener listener;
    private final Events events;
    private final Regions regions;
    private final NumberedTable<Slab> slabs;
    private final Arena[] arenas;
    private final Hands hands = new Hands(this::unmapIfPossible);
    private volatile int interval; // counted up by the one who trims
    private final PaddedLong ending = new PaddedLong(); // 1 while somebody gives all back, and for ever afterwards
    private volatile boolean ended;
    private volatile Runnable atEnd = () -> {}; // written before the hands are closed

    SlabStore(
            Memory memory,
            Regions regions,
            Charge charge,
            SlabListener listener,
            NumberedTable<Slab> slabs,
            Arena[] arenas,
            Events events) {
        this.events = events;
        this.memory = memory;
        this.charge = charge;
        this.listener = listener;
        this.regions = regions;
        this.slabs = slabs;
        this.arenas = arenas;
    }

    /** Before the first slab is cut. */
    void open() {
        regions.join();
    }

    /** How much the limit leaves: below zero after it was lowered. */
    long room() {
        return charge.room();
    }

    /** What a chunk's pages are charged, at most. */
    long memoryOfOne(int sizeClass) {
        long chunk = SizeClasses.bytes(sizeClass);
        long grain = memory.grainBytes((int) chunk);
        return Math.ceilDiv(chunk, grain) * grain;
    }

    /** Cuts a slab, held by the caller, that others know of. All that is needed to list it later is built before. */
    Slab carve(int here, int sizeClass) {
        arenas[here].shelf(sizeClass);
        Slab slab = Slab.carve(regions, memory, here, sizeClass);
        boolean known = false;
        try {
            listener.carved(slab);
            slabs.put(slab);
            known = true;
        } finally {
            if (!known) {
                slab.retire(regions, charge); // no chunk of it was handed out, and nobody was told of it
            }
        }
        return slab;
    }

    void retireOrLetGo(Slab slab) {
        try {
            retireIfEmpty(slab);
        } finally {
            letGo(slab);
        }
    }

    private boolean retireIfEmpty(Slab slab) {
        return retireIfEmpty(slab, newPurge(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false));
    }

    private boolean retireIfEmpty(Slab slab, Purge purge) {
        if (!slab.isEmpty()) {
            return false;
        }
        Object begun = events.beginRetire();
        long backed = slab.backedBytes();
        Runnable goesOn = listener.retired(slab); // before its number can be used again
        try {
            purge.retire(slab, regions);
            events.endRetire(begun, slab.arena(), slab.chunkBytes(), backed);
        } finally {
            if (!slab.isRetired()) {
                goesOn.run();
            }
        }
        return true;
    }

    /** Ends a hold: the slab goes back to its place, unless it is at its end. */
    void letGo(Slab slab) {
        if (!slab.isRetired() && slab.letGo()) {
            list(slab);
        }
    }

    void letGoAll(List<Slab> inHand) {
        for (Slab slab : inHand) {
            letGo(slab);
        }
    }

    /** Adds a slab to others in hand; where the Java heap has no room for that, it goes back to its place. */
    List<Slab> with(Slab slab, List<Slab> inHand) {
        boolean added = false;
        try {
            List<Slab> longer = inHand.isEmpty() ? new ArrayList<>() : inHand;
            longer.add(slab);
            added = true;
            return longer;
        } finally {
            if (!added) {
                letGo(slab);
            }
        }
    }

    void beginHand() {
        hands.begin();
    }

    void endHand() {
        hands.end();
    }

    /** Chunks of it are wanted. */
    void touch(Slab slab) {
        slab.touch(interval);
    }

    private void list(Slab slab) {
        arenas[slab.arena()].shelf(slab.sizeClass()).partial().push(slab);
    }

    /** Puts a chunk back into its slab, with its handle: at the limit, and while somebody waits, it soon goes out again. */
    void putHome(int number) {
        Slab slab = slab(number);
        touch(slab);
        put(slab, number);
    }

    /**
     * Puts a chunk back that nobody wanted for a whole interval, so that its pages may go at once. Its handle goes now, also if a
     * neighbour keeps the pages; but not where the handle is what holds the memory, a Java array.
     */
    void putIdleHome(int number) {
        Slab slab = slab(number);
        if (memory.hasAddresses() && listener.forget(slab, ChunkNumber.place(number))) {
            slab.markUsed(ChunkNumber.place(number));
        }
        put(slab, number);
    }

    private void put(Slab slab, int number) {
        if (slab.put(ChunkNumber.place(number))) {
            list(slab);
        }
    }

    /**
     * Gives empty slabs back, until that is enough.
     *
     * @param shelf whose slabs
     * @param purge true to drop also the pages of free chunks in other slabs
     * @param isEnough tells whether there is as much room as is wished for
     */
    void settle(Shelf shelf, boolean purge, BooleanSupplier isEnough) {
        List<Slab> kept = List.of();
        hands.begin();
        try {
            while (!isEnough.getAsBoolean()) {
                Slab slab = shelf.partial().pop();
                if (slab == null) {
                    break;
                }
                slab.hold();
                kept = with(slab, kept);
                if (retireIfEmpty(slab)) {
                    kept.removeLast();
                } else if (purge) {
                    slab.purge(memory, charge, place -> listener.purged(slab, place));
                }
            }
        } finally {
            letGoAll(kept);
            hands.end();
        }
    }

    /**
     * Gives back what a budget allows: empty slabs, and pages of free chunks in others. Holds one slab at a time, so that
     * whoever wants chunks meanwhile finds all others in their place.
     *
     * <p>A visited slab is listed again in the current generation. Slabs that an earlier budget was too small for are still
     * in the old one, and come first.
     *
     * @param shelf whose slabs
     * @param purge the budget
     * @param freshToo true to visit also slabs whose chunks were wanted in this interval
     */
    void trim(Shelf shelf, Purge purge, boolean freshToo) {
        Generations<Slab> partial = shelf.partial();
        long before = purge.advisedBytes();
        try {
            boolean leftovers = partial.oldDepth() != 0;
            if (leftovers) {
                trimOld(partial, purge, freshToo);
            }
            if (partial.oldDepth() == 0) {
                partial.flip();
                trimOld(partial, purge, freshToo);
            }
        } finally {
            shelf.visits().trimmed().addAndGet(purge.advisedBytes() - before);
        }
    }

    private void trimOld(Generations<Slab> partial, Purge purge, boolean freshToo) {
        for (int left = partial.oldDepth(); left > 0 && purge.isAnythingLeft(); left--) {
            hands.begin();
            try {
                Slab slab = partial.popOld();
                if (slab == null) {
                    return;
                }
                slab.hold();
                trim(slab, purge, freshToo);
            } finally {
                hands.end();
            }
        }
    }

    private void trim(Slab slab, Purge purge, boolean freshToo) {
        try {
            if (freshToo || !slab.isTouchedIn(interval)) {
                boolean retired = mayRetire(slab, purge) && retireIfEmpty(slab, purge);
                if (!retired) {
                    slab.purge(purge, place -> listener.purged(slab, place));
                    retireIfBare(slab, purge);
                }
            }
        } finally {
            letGo(slab);
        }
    }

    /** Of an empty slab no more goes than the budget asks for, where pages can go singly. */
    private boolean mayRetire(Slab slab, Purge purge) {
        long backed = slab.backedBytes();
        return purge.covers(backed) || (!memory.canPurge() && purge.allows(backed));
    }

    /** The last page may have been a piece that exceeds the budget, after which the slab would have to wait for another one. */
    private void retireIfBare(Slab slab, Purge purge) {
        if (slab.backedBytes() == 0) {
            retireIfEmpty(slab, purge);
        }
    }

    /** One thread at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    void beginInterval() {
        interval++;
    }

    boolean isTouched(Slab slab) {
        return slab.isTouchedIn(interval);
    }

    Purge newPurge(long budget, long most, long allowed, boolean measured) {
        return new Purge(memory, charge, budget, most, allowed, measured);
    }

    boolean canPurge() {
        return memory.canPurge();
    }

    void dropSpares() {
        regions.dropSpares();
    }

    void inHand(Runnable action) {
        hands.begin();
        try {
            action.run();
        } finally {
            hands.end();
        }
    }

    boolean areHandsBusy() {
        return hands.areBusy();
    }

    /**
     * Refuses hands from now on, and waits a little for those that there are: what they hold would look acquired. Runs
     * something when all memory has been given back, on whichever thread did that.
     */
    void close(Runnable whenEnded) {
        atEnd = whenEnded;
        hands.close();
    }

    /**
     * In a closed store: whoever finds all chunks home, and nobody before (invariant 6), gives the memory back, and may find it
     * done. Where regions are shared with others it gives back its frames, else the last one unmaps the regions.
     */
    void unmapIfAllHome() {
        if (hands.areBusy() || !areAllSlabsEmpty()) {
            return;
        }
        if (ending.cas(0, 1)) {
            boolean gone = false;
            try {
                if (regions.users() > 1) {
                    retireAll();
                } else {
                    forgetAll();
                }
                gone = true;
            } finally {
                if (!gone) {
                    ending.set(0);
                }
            }
            regions.leave();
            ended = true;
            atEnd.run();
        }
        if (regions.users() == 0) {
            regions.releaseAll();
        }
    }

    /**
     * The same for who brought a chunk home, and has no use for a refusal: what the system does not take back is reserved
     * still, as the statistics show, and is offered again when the pool is closed again.
     */
    void unmapIfPossible() {
        try {
            unmapIfAllHome();
        } catch (MemoryRefusedException refused) {
            System.getLogger(BufferPool.class.getName())
                    .log(Level.WARNING, "memory of a closed pool was not taken back: " + refused.getMessage()
                            + ". To abandon the pool once more offers it again");
        }
    }

    /** Can be done again, should the Java heap have no room for a part of it. */
    private void forgetAll() {
        forEachSlab(listener::retired);
        forEachSlab(slab -> slab.forget(charge));
    }

    /** Tries each, whatever the system says of the others. */
    private void retireAll() {
        List<MemoryRefusedException> refused = new ArrayList<>();
        forEachSlab(slab -> {
            try {
                retireIfEmpty(slab);
            } catch (MemoryRefusedException notTakenBack) {
                refused.add(notTakenBack);
            }
        });
        if (!refused.isEmpty()) {
            throw refused.getFirst();
        }
    }

    /** Whether a closed store has given all its memory back. */
    boolean isEnded() {
        return ended;
    }

    private boolean areAllSlabsEmpty() {
        boolean[] all = {true};
        slabs.forEach(slab -> all[0] &= !all[0] || slab.isRetired() || slab.isEmpty());
        return all[0];
    }

    Slab slab(int number) {
        return slabs.get(ChunkNumber.slab(number));
    }

    /** Visits the slabs that have memory: none once a closed store has given it all back. */
    void forEachSlab(Consumer<Slab> visitor) {
        slabs.forEach(slab -> {
            if (!ended && !slab.isRetired()) {
                visitor.accept(slab);
            }
        });
    }

    long slabBytes() {
        long[] count = {0};
        forEachSlab(slab -> count[0]++);
        return count[0] * Slab.BYTES;
    }

    /** Asks the system, slab by slab; -1 where it cannot be told. A slab that goes meanwhile counts nothing. */
    long residentBytes() {
        if (!memory.isMapped()) {
            return -1;
        }
        long[] sum = {0};
        forEachSlab(slab -> sum[0] += slab.backedBytes() == 0 ? 0 : residentBytes(slab));
        return sum[0];
    }

    private long residentBytes(Slab slab) {
        try {
            return Math.max(0, memory.residentBytes(slab.address(), Slab.BYTES));
        } catch (MemoryRefusedException gone) {
            return 0;
        }
    }
}
