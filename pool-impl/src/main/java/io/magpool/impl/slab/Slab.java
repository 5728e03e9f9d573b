/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.impl.concurrent.Numbered;
import io.magpool.impl.concurrent.VarHandles;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.PageRuns;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * 2 MiB that serve one size class. Its tail that fits no chunk is never touched.
 *
 * <p>A slab is held by one hand, or listed in its arena, or full, in nobody's list (invariant 2). Only the hand takes
 * chunks out and purges. Anyone returns a chunk, by setting its free bit; and the return that makes a full slab
 * non-full lists it. That needs care in one place: the hand that is done with a slab marks it full and then looks at the
 * bits, while a return sets a bit and then looks at the mark. Both writes and both reads are volatile, so at least one of
 * the two sees the other's write, and the compare-and-set from full to listed makes sure that only one of them lists it.
 *
 * <pre>{@code
 * field      read by           written by                          order
 * free       anyone            anyone sets, hand clears            volatile, atomic OR and AND
 * state      anyone            hand; a return by cas               volatile
 * backed     hand, statistics  hand                                handed on through the arena's list; statistics racy
 * zeros      chunk's holder    hand                                handed on with the chunk: free bits, magazine
 * frame      chunk's holder    hand; who closes, null at the end   handed on with the chunk
 * unused     chunk's holder    hand, or the chunk's holder         volatile, atomic OR and AND, since neighbours share a word
 * lastUse    hand, statistics  hand; a return                      plain: racy, but benign, since a lost write makes the slab look
 *                                                                  unused for one interval at most
 * }</pre>
 *
 * <p>A carving is a new object: a returning thread may still look at the state of the one before.
 */
public final class Slab extends Numbered {

    /** The size of a slab, and the alignment where the system's own calls are used: a huge page. */
    public static final long BYTES = 2L << 20;

    private static final VarHandle STATE = VarHandles.ofField(MethodHandles.lookup(), "state", int.class);
    private static final int HELD = 0;
    private static final int LISTED = 1;
    private static final int FULL = 2;
    private static final int RETIRED = 3;

    private @Nullable Frame frame; // null at the end: portable memory is freed when nothing refers to it
    private final long address;
    private final int arena;
    private final int sizeClass;
    private final int chunkBytes;
    private final int count;
    private final int grainBytes;
    private final FreeBits free;
    private final long[] backed; // a bit for each grain that is charged
    private final FreeBits unused; // a bit for each chunk whose memory nobody has used since the system gave it
    private boolean zeros; // false once a try to give the memory back has failed
    private int lastUse; // the interval in which somebody took chunks out, or put them back though they were in use
    private volatile int state = HELD;

    private Slab(Frame frame, int grainBytes, int arena, int sizeClass) {
        super(frame.number());
        this.frame = frame;
        this.address = frame.address();
        this.arena = arena;
        this.sizeClass = sizeClass;
        this.chunkBytes = SizeClasses.bytes(sizeClass);
        this.count = (int) (BYTES / chunkBytes);
        this.grainBytes = grainBytes;
        this.free = new FreeBits(count);
        this.unused = new FreeBits(count);
        this.backed = new long[(int) Math.ceilDiv(BYTES / grainBytes, 64L)];
        this.zeros = frame.zeros();
    }

    /**
     * Cuts a new slab. The caller is its hand.
     *
     * @param regions give the place
     * @param memory gives the grain
     * @param arena whose slab it will be
     * @param sizeClass of its chunks
     * @return a slab of free chunks without pages
     * @throws io.magpool.api.MemoryRefusedException if the system refuses
     */
    public static Slab carve(Regions regions, Memory memory, int arena, int sizeClass) {
        Frame frame = regions.take();
        Slab slab = null;
        try {
            slab = new Slab(frame, memory.grainBytes(SizeClasses.bytes(sizeClass)), arena, sizeClass);
        } finally {
            if (slab == null) { // the Java heap has no room
                regions.give(frame);
            }
        }
        return slab;
    }

    /**
     * Takes chunks out, as many as are wanted, are free, and can be charged. For the hand.
     *
     * @param atMost how many are wanted
     * @param charge what pages without backing are charged to
     * @param out gets each chunk's number
     * @return how many were taken
     */
    public int take(int atMost, Charge charge, IntConsumer out) {
        return take(atMost, charge, out, null);
    }

    /**
     * Takes chunks out, and tells which pages were without memory until now. For the hand.
     *
     * @param atMost how many are wanted
     * @param charge what pages without backing are charged to
     * @param out gets each chunk's number
     * @param fresh gets the pages; null if nobody wants to know
     * @return how many were taken
     */
    public int take(int atMost, Charge charge, IntConsumer out, @Nullable PageRuns fresh) {
        int left = atMost;
        for (int word = 0; word < free.words() && left > 0; word++) {
            long taken = 0;
            for (long bits = free.word(word); bits != 0 && left > 0; bits &= bits - 1) {
                if (back((word << 6) + Long.numberOfTrailingZeros(bits), charge, fresh)) {
                    taken |= Long.lowestOneBit(bits);
                    left--;
                }
            }
            if (taken != 0) {
                free.clear(word, taken);
                for (long bits = taken; bits != 0; bits &= bits - 1) {
                    out.accept(ChunkNumber.of(number(), (word << 6) + Long.numberOfTrailingZeros(bits)));
                }
            }
        }
        return atMost - left;
    }

    /** Charges the grains of a chunk that are not backed yet. */
    private boolean back(int place, Charge charge, @Nullable PageRuns fresh) {
        int first = firstGrain(place);
        int last = lastGrain(place);
        long missing = 0;
        for (int grain = first; grain <= last; grain++) {
            missing += isBacked(grain) ? 0 : 1;
        }
        if (missing != 0) {
            if (!charge.tryAdd(missing * grainBytes)) {
                return false;
            }
            for (int grain = first; grain <= last; grain++) {
                boolean isFresh = !isBacked(grain);
                backed[grain >>> 6] |= 1L << grain; // first, as it is charged, and the list may find no room
                if (fresh != null && isFresh) {
                    fresh.add(address() + (long) grain * grainBytes, address() + (grain + 1L) * grainBytes);
                }
            }
        }
        return true;
    }

    private int firstGrain(int place) {
        return place * chunkBytes / grainBytes;
    }

    private int lastGrain(int place) {
        return ((place + 1) * chunkBytes - 1) / grainBytes;
    }

    private boolean isBacked(int grain) {
        return ((backed[grain >>> 6] >>> grain) & 1) != 0;
    }

    /**
     * Puts a chunk back. For whoever holds it.
     *
     * @param place the chunk's place
     * @return true if the caller must list the slab in its arena
     */
    public boolean put(int place) {
        free.set(place >>> 6, 1L << place);
        return state == FULL && casFullToListed();
    }

    /**
     * Ends the hand's hold.
     *
     * @return true if the caller must list the slab in its arena
     */
    public boolean letGo() {
        if (free.anySet()) {
            state = LISTED;
            return true;
        }
        state = FULL;
        return free.anySet() && casFullToListed();
    }

    /** Begins a hand's hold, of a slab just taken from its arena's list. */
    public void hold() {
        state = HELD;
    }

    private boolean casFullToListed() {
        return STATE.compareAndSet(this, FULL, LISTED);
    }

    /**
     * Tells whether all chunks are free. Final for the hand: nobody else can take one out.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return free.allSet();
    }

    /**
     * Drops the pages that only free chunks cover, in whole runs. For the hand.
     *
     * <p>Chunks are taken out while their pages are dropped, so that returns beside them go on.
     *
     * @param memory drops them, if it can
     * @param charge is relieved of them
     * @param purged gets the place of each chunk all of whose pages were dropped
     * @return how many bytes were dropped
     */
    public long purge(Memory memory, Charge charge, IntConsumer purged) {
        Purge all = new Purge(memory, charge, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false);
        purge(all, purged);
        return all.advisedBytes();
    }

    /**
     * Drops the pages that only free chunks cover, in whole runs, within a budget. For the hand.
     *
     * @param purge drops them, and says how much may be dropped
     * @param purged gets the place of each chunk all of whose pages were dropped
     */
    public void purge(Purge purge, IntConsumer purged) {
        if (!purge.canPurge() || reclaimableBytes() == 0) {
            return;
        }
        long[] held = new long[free.words()];
        for (int word = 0; word < held.length; word++) {
            held[word] = free.word(word);
            free.clear(word, held[word]);
        }
        try {
            purgeRuns(purge, purged, held);
        } finally {
            for (int word = 0; word < held.length; word++) {
                free.set(word, held[word]);
            }
        }
    }

    private void purgeRuns(Purge purge, IntConsumer purged, long[] held) {
        try {
            planRuns(purge, held);
            purge.dropPlanned(this, (address, bytes) -> {
                int start = (int) ((address - address()) / grainBytes);
                int end = start + (int) (bytes / grainBytes);
                for (int grain = start; grain < end; grain++) {
                    backed[grain >>> 6] &= ~(1L << grain);
                }
                renewWithin(start, end, purged);
            });
        } finally {
            purge.forgetPlan();
        }
    }

    private void planRuns(Purge purge, long[] held) {
        int grains = lastGrain(count - 1) + 1;
        for (int grain = 0; grain < grains && purge.grains(grainBytes) > 0; grain++) {
            if (isBacked(grain) && isCovered(grain, held)) {
                purge.plan(address() + (long) grain * grainBytes, grainBytes);
            }
        }
    }

    /**
     * Counts what a purge would drop now.
     *
     * @return bytes, exact for the hand while nobody returns a chunk, else a recent figure
     */
    public long reclaimableBytes() {
        long[] seen = new long[free.words()];
        for (int word = 0; word < seen.length; word++) {
            seen[word] = free.word(word);
        }
        int grains = lastGrain(count - 1) + 1;
        long sum = 0;
        for (int grain = 0; grain < grains; grain++) {
            sum += isBacked(grain) && isCovered(grain, seen) ? grainBytes : 0;
        }
        return sum;
    }

    /**
     * Notes that chunks of the slab are wanted.
     *
     * @param interval the present one
     */
    public void touch(int interval) {
        if (lastUse != interval) {
            lastUse = interval;
        }
    }

    /**
     * Tells whether chunks were wanted in this interval.
     *
     * @param interval the present one
     * @return true if so
     */
    public boolean isTouchedIn(int interval) {
        return lastUse == interval;
    }

    /** Nothing is kept any more for these chunks, and their memory is as new. */
    private void renewWithin(int startGrain, int endGrain, IntConsumer visitor) {
        int first = Math.ceilDiv(startGrain * grainBytes, chunkBytes);
        int end = Math.min(count, endGrain * grainBytes / chunkBytes);
        for (int place = first; place < end; place++) {
            unused.set(place >>> 6, 1L << place);
            visitor.accept(place);
        }
    }

    private boolean isCovered(int grain, long[] held) {
        int first = grain * grainBytes / chunkBytes;
        int last = Math.min(count - 1, ((grain + 1) * grainBytes - 1) / chunkBytes);
        for (int word = first >>> 6; word <= last >>> 6; word++) {
            long mask = -1L;
            mask &= word == first >>> 6 ? -1L << first : -1L;
            mask &= word == last >>> 6 ? -1L >>> (63 - (last & 63)) : -1L;
            if ((held[word] & mask) != mask) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives an empty slab's memory back. For the hand, and its end.
     *
     * @param regions get the place back
     * @param charge is relieved of its pages
     * @throws io.magpool.api.MemoryRefusedException if the system refuses; nothing has changed then, but that chunks are no
     *     longer known to be zeros
     */
    public void retire(Regions regions, Charge charge) {
        long bytes = backedBytes();
        Frame mine = inUse();
        state = RETIRED; // before the number can be used again
        boolean given = false;
        try {
            regions.give(mine);
            given = true;
        } finally {
            if (!given) {
                zeros = false; // a part may have gone, or none
                state = HELD;
            }
        }
        frame = null;
        charge.subtract(bytes);
    }

    /**
     * All memory of the pool is at its end, and all chunks are home: nobody will use it. Does nothing when it is done again.
     *
     * @param charge is relieved of its pages
     */
    public void forget(Charge charge) {
        if (frame != null) {
            frame = null;
            charge.subtract(backedBytes());
        }
    }

    private Frame inUse() {
        return Objects.requireNonNull(frame, "the slab is at its end");
    }

    /**
     * Tells whether the slab is at its end.
     *
     * @return true if its memory went back
     */
    public boolean isRetired() {
        return state == RETIRED;
    }

    /**
     * Returns how much of the slab is charged.
     *
     * @return bytes
     */
    public long backedBytes() {
        long grains = 0;
        for (long word : backed) {
            grains += Long.bitCount(word);
        }
        return grains * grainBytes;
    }

    /**
     * Counts the free chunks.
     *
     * @param withPages true for those with pages behind all of them, false for the others
     * @return a number of chunks
     */
    public int countFree(boolean withPages) {
        int[] found = {0};
        forEachFree((place, whole) -> found[0] += whole == withPages ? 1 : 0);
        return found[0];
    }

    /** Gets a free chunk. */
    public interface FreeVisitor {

        /**
         * Visits.
         *
         * @param place of the chunk
         * @param withPages whether there are pages behind all of it
         */
        void visit(int place, boolean withPages);
    }

    /**
     * Visits the free chunks.
     *
     * @param visitor is called on this thread
     */
    public void forEachFree(FreeVisitor visitor) {
        for (int word = 0; word < free.words(); word++) {
            for (long bits = free.word(word); bits != 0; bits &= bits - 1) {
                int place = (word << 6) + Long.numberOfTrailingZeros(bits);
                boolean whole = true;
                for (int grain = firstGrain(place); grain <= lastGrain(place); grain++) {
                    whole &= isBacked(grain);
                }
                visitor.visit(place, whole);
            }
        }
    }

    /**
     * Tells whether memory is charged. Racy, for a look.
     *
     * @param offset in the slab, in bytes
     * @return true if it is
     */
    public boolean isBackedAt(long offset) {
        return isBacked((int) (offset / grainBytes));
    }

    /**
     * Returns the memory of a chunk, for its handle.
     *
     * @param memory where the slab comes from
     * @param place the chunk's place
     * @return exactly its bytes
     */
    public MemorySegment piece(Memory memory, int place) {
        Frame mine = inUse();
        return memory.piece(mine.region(), mine.offset() + (long) place * chunkBytes, chunkBytes);
    }

    /**
     * Tells whether a chunk without a handle is zeros. For whoever holds it.
     *
     * @param place the chunk's place
     * @return false if it has been used
     */
    public boolean isZeros(int place) {
        return zeros && ((unused.word(place >>> 6) >>> place) & 1) != 0;
    }

    /**
     * Notes that a chunk has been used, since the handle goes that would tell. For whoever holds it.
     *
     * @param place the chunk's place
     */
    public void markUsed(int place) {
        unused.clear(place >>> 6, 1L << place);
    }

    /**
     * Returns where the slab begins.
     *
     * @return an address
     */
    public long address() {
        return address;
    }

    /**
     * Returns how many chunks the slab has.
     *
     * @return a number of chunks
     */
    public int count() {
        return count;
    }

    /**
     * Returns the size of each chunk.
     *
     * @return bytes
     */
    public int chunkBytes() {
        return chunkBytes;
    }

    /**
     * Returns the class of the chunks.
     *
     * @return its index
     */
    public int sizeClass() {
        return sizeClass;
    }

    /**
     * Returns whose slab it is.
     *
     * @return the arena's index
     */
    public int arena() {
        return arena;
    }
}
