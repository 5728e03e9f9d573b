/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread's magazines: for each size class a loaded and a previous one, as in Bonwick and Adams.
 *
 * <p>The pair bounds the visits to the depot: an exchange leaves one magazine's worth of rounds in a pair that takes two,
 * so as many operations fit before the next, whichever way they go. Unlike in the paper the two stand back to back in an
 * array, and an exchange copies a magazine's rounds, at most 512 bytes, instead of changing references. What the paper does
 * by swapping loaded and previous is here the top round's crossing of the middle. The reason is the fast path: between two
 * operations on reference counts, which are barriers, it is a chain of loads, each waiting for the one before; this layout
 * ({@link PairLayout}) has two fewer, and no reference store anywhere.
 *
 * <p>What a full pair gives up are its oldest rounds, the paper's previous magazine: what was released last is the warmest.
 *
 * <p>All methods but those of revocation are the owner's, and work inside the {@link Guard}: no atomic instruction, no
 * allocation, straight-line array code. An operation commits by its single store of the pair's {@linkplain PairHead head}, which
 * counts acquires too, and thereby releases ({@link PairCounters}).
 *
 * <p>Where one acquisition in many is a sample, which is followed until its release, the countdown of acquires tells which: it
 * finds nothing here, as if there were no rounds, and who comes the slow way asks {@link #takeSample}. So the others pay for
 * nothing that they would not count with anyway, and there is no step in front that counts.
 */
public class ThreadCache extends Guard {

    private @Nullable Thread owner; // null when the cache has been retired, and of a stripe
    private final PairLayout layout;
    private long[] pairs;
    private final CacheBudget budget;
    private final PairCounters counters;
    private long operationsAtLastLook = -1; // of the one who looks

    /**
     * Builds a cache without rounds.
     *
     * @param owner the only thread that will use it, or null for a stripe
     * @param layout of the pairs
     * @param budget how many bytes the chunks of its magazines may have together
     * @param fenced the mode of the guard
     * @param sampleRate how often an acquire is to find nothing, since it is a sample
     */
    public ThreadCache(
            @Nullable Thread owner, PairLayout layout, long budget, boolean fenced, SampleRate sampleRate) {
        super(fenced);
        this.owner = owner;
        this.layout = layout;
        this.pairs = layout.newPairs();
        this.budget = new CacheBudget(budget);
        this.counters = new PairCounters(layout, sampleRate);
    }

    /**
     * Takes a chunk.
     *
     * @param sizeClass of the chunk
     * @return its number, or {@link ChunkNumber#NONE} if there is none, the cache is revoked, or {@link #takeSample} is due
     */
    public final int acquire(int sizeClass) {
        if (!enter()) {
            return ChunkNumber.NONE;
        }
        int number = takeRound(sizeClass);
        leave();
        return number;
    }

    /** Inside: what {@link #acquire} does. */
    final int takeRound(int sizeClass) {
        long[] own = pairs;
        long head = own[PairLayout.headAt(sizeClass)];
        long round = own[PairHead.top(head)];
        int number = ChunkNumber.NONE;
        if ((head | round) >= 0) { // neither is negative: an acquire is left, and there is a round
            own[PairLayout.headAt(sizeClass)] = head + PairHead.ACQUIRE;
            number = (int) round;
        }
        return number;
    }

    /**
     * Puts a chunk in.
     *
     * @param sizeClass of the chunk
     * @param number its number
     * @return false if the pair is full, or the cache is revoked
     */
    public final boolean release(int sizeClass, int number) {
        if (!enter()) {
            return false;
        }
        boolean fits = putRound(sizeClass, number);
        leave();
        return fits;
    }

    /** Inside: what {@link #release} does. */
    final boolean putRound(int sizeClass, int number) {
        long[] own = pairs;
        long head = own[PairLayout.headAt(sizeClass)];
        boolean fits = PairHead.top(head) < own[PairLayout.ceilingAt(sizeClass)];
        if (fits) {
            own[PairHead.top(head) + 1] = number;
            own[PairLayout.headAt(sizeClass)] = head + PairHead.ONE_ROUND;
        }
        return fits;
    }

    /**
     * Exchanges a magazine with rounds for an empty one: moves its rounds here.
     *
     * @param sizeClass of the rounds
     * @param magazine held by the caller; afterwards it has what did not fit, or all if the cache is revoked
     */
    public final void load(int sizeClass, Magazine magazine) {
        if (enter()) {
            moveIn(sizeClass, magazine);
            leave();
        }
    }

    /** Inside: what {@link #load} does. */
    final void moveIn(int sizeClass, Magazine magazine) {
        long[] own = pairs;
        int at = PairLayout.headAt(sizeClass);
        long head = own[at];
        int top = PairHead.top(head);
        int ceiling = layout.fullTop(sizeClass);
        own[PairLayout.ceilingAt(sizeClass)] = ceiling;
        counters.begin();
        int more = magazine.moveTo(own, top + 1, ceiling - top);
        counters.moved[sizeClass] += more; // no call from here to the next line: these rounds are in no other place
        own[at] = head + more * PairHead.ONE_ROUND;
        counters.end();
        counters.grantUnlessSampling(sizeClass, own);
        budget.exchanged(sizeClass);
    }

    /**
     * Exchanges an empty magazine for one with rounds: moves the oldest rounds there.
     *
     * @param sizeClass of the rounds
     * @param magazine held by the caller; it gets what it takes, or nothing if the cache is revoked
     */
    public final void unload(int sizeClass, Magazine magazine) {
        if (enter()) {
            moveOut(sizeClass, magazine);
            leave();
        }
    }

    /** Inside: what {@link #unload} does. */
    final void moveOut(int sizeClass, Magazine magazine) {
        long[] own = pairs;
        int at = PairLayout.headAt(sizeClass);
        int ground = layout.ground(sizeClass);
        long head = own[at];
        int top = PairHead.top(head);
        counters.begin();
        int moved = magazine.moveFrom(own, ground + 1, top - ground);
        for (int i = ground + 1; i <= top - moved; i++) {
            own[i] = own[i + moved];
        }
        own[at] = head - moved * PairHead.ONE_ROUND;
        counters.moved[sizeClass] -= moved;
        counters.end();
        counters.grantUnlessSampling(sizeClass, own);
        own[PairLayout.ceilingAt(sizeClass)] = layout.fullTop(sizeClass);
        budget.exchanged(sizeClass);
    }

    /**
     * Takes all rounds of a class out.
     *
     * @param sizeClass of the rounds
     * @return the numbers, held by the caller, and {@link ChunkNumber#NONE} where somebody else was quicker
     */
    public final int[] giveUp(int sizeClass) {
        int[] rounds = roomFor(sizeClass); // not inside the guard
        if (enter()) {
            moveAll(sizeClass, rounds);
            leave();
        }
        return rounds;
    }

    /** Room for what is there now, and {@link ChunkNumber#NONE} in it. */
    final int[] roomFor(int sizeClass) {
        int[] rounds = new int[cached(sizeClass)];
        Arrays.fill(rounds, ChunkNumber.NONE);
        return rounds;
    }

    /** Inside: takes all rounds of a class out. */
    final void moveAll(int sizeClass, int[] rounds) {
        if (pairs.length == 0) {
            return;
        }
        long[] own = pairs;
        int at = PairLayout.headAt(sizeClass);
        int ground = layout.ground(sizeClass);
        long head = own[at];
        int count = PairHead.top(head) - ground;
        counters.begin();
        for (int i = 0; i < count; i++) {
            rounds[i] = (int) own[ground + 1 + i];
        }
        own[at] = head - count * PairHead.ONE_ROUND;
        counters.moved[sizeClass] -= count;
        counters.end();
        own[PairLayout.ceilingAt(sizeClass)] = ground;
        budget.gaveUp(sizeClass);
    }

    /** Revoker, while the owner is outside or dead: takes all rounds out. Allocates first, so that it can fail before. */
    final int[][] drain() {
        int[][] all = new int[SizeClasses.COUNT][];
        Arrays.setAll(all, sizeClass -> new int[cached(sizeClass)]);
        for (int sizeClass = 0; sizeClass < all.length; sizeClass++) {
            moveAll(sizeClass, all[sizeClass]);
        }
        return all;
    }

    /**
     * Tells which class is to be given up, since the cache holds more than its budget.
     *
     * @param except the class that is in use just now
     * @return the class exchanged longest ago, or -1 if the cache is within its budget or holds no other class
     */
    public final int overBudget(int except) {
        long bytes = 0;
        for (long left = budget.inUse(); left != 0; left &= left - 1) {
            int sizeClass = Long.numberOfTrailingZeros(left);
            bytes += (long) cached(sizeClass) * SizeClasses.bytes(sizeClass);
        }
        return budget.victim(except, bytes);
    }

    /**
     * Tells whether the owner may enter. Owner only.
     *
     * @return false while the cache is revoked, diverted or closed
     */
    public final boolean isOpen() {
        boolean open = enter();
        if (open) {
            leave();
        }
        return open;
    }

    /**
     * Decides on the acquisition that comes next, before it: each that finds nothing here has to ask. Owner only.
     *
     * @param sizeClass of what is acquired
     * @return true if it is a sample; then the next one is drawn. False also if the cache is revoked, diverted or closed: whoever
     *         then acquires without being counted has to draw by {@link SampleRate#picks}
     */
    public final boolean takeSample(int sizeClass) {
        boolean open = enter();
        boolean due = open && drawSample(sizeClass);
        if (open) {
            leave();
        }
        return due;
    }

    /** Inside: what {@link #takeSample} does. */
    final boolean drawSample(int sizeClass) {
        return counters.takeSample(sizeClass, pairs);
    }

    /**
     * After a sample was taken for an acquisition that came to nothing: the next one is it. Owner only.
     *
     * @param sizeClass of what was not acquired
     */
    public final void returnSample(int sizeClass) {
        if (enter()) {
            undrawSample(sizeClass);
            leave();
        }
    }

    /** Inside: what {@link #returnSample} does. */
    final void undrawSample(int sizeClass) {
        counters.returnSample(sizeClass, pairs);
    }

    /**
     * Counts an acquire that did not come from here. Owner only.
     *
     * @param sizeClass of what was acquired
     * @return false if it is not counted, since the cache is revoked, diverted or closed
     */
    public final boolean countAcquire(int sizeClass) {
        boolean open = enter();
        if (open) {
            noteAcquire(sizeClass);
            leave();
        }
        return open;
    }

    /** Inside: what {@link #countAcquire} does. */
    final void noteAcquire(int sizeClass) {
        counters.countAcquire(sizeClass, pairs);
    }

    /**
     * Counts acquires.
     *
     * @param sizeClass of what was acquired
     * @return exact for a recent moment
     */
    public final long acquires(int sizeClass) {
        return counters.acquires(sizeClass, pairs);
    }

    /**
     * Counts releases.
     *
     * @param sizeClass of what was released
     * @return exact for a recent moment
     */
    public final long releases(int sizeClass) {
        return counters.releases(sizeClass, pairs);
    }

    /**
     * Counts exchanges.
     *
     * @return a recent figure
     */
    public final long exchanges() {
        return budget.exchanges();
    }

    /**
     * Counts exchanges of a class.
     *
     * @param sizeClass of the magazines
     * @return a recent figure
     */
    public final long exchanges(int sizeClass) {
        return budget.exchanges(sizeClass);
    }

    /**
     * Counts the chunks of a class.
     *
     * @param sizeClass of the chunks
     * @return exact while the owner is quiet, else a recent figure
     */
    public final int cached(int sizeClass) {
        long[] seen = pairs;
        return seen.length == 0 ? 0 : PairHead.top(seen[PairLayout.headAt(sizeClass)]) - layout.ground(sizeClass);
    }

    /**
     * Visits the rounds, without the owner's knowledge. Racy: exact while the owner is quiet, else some may be missing, and some
     * be elsewhere by now.
     *
     * @param visitor gets numbers of chunks
     */
    public final void forEachRound(IntConsumer visitor) {
        long[] seen = pairs;
        for (int sizeClass = 0; seen.length != 0 && sizeClass < SizeClasses.COUNT; sizeClass++) {
            int top = PairHead.top(seen[PairLayout.headAt(sizeClass)]);
            for (int i = layout.ground(sizeClass) + 1; i <= top; i++) {
                visitor.accept((int) seen[i]);
            }
        }
    }

    /** Tells whether a drain would find anything; a recent figure. */
    final boolean hasRounds() {
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            if (cached(sizeClass) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether the cache has rounds, and its owner did nothing since this was asked last. One thread at a time.
     *
     * @return true if it can be emptied without loss to anybody
     */
    final boolean isIdleSinceLastLook() {
        long operations = budget.exchanges();
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            operations += acquires(sizeClass) + releases(sizeClass);
        }
        boolean idle = operations == operationsAtLastLook;
        operationsAtLastLook = operations;
        return idle && cachedBytes() != 0;
    }

    /**
     * Adds up the chunks of all classes.
     *
     * @return bytes, exact while the owner is quiet, else a recent figure
     */
    public final long cachedBytes() {
        long sum = 0;
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            sum += (long) cached(sizeClass) * SizeClasses.bytes(sizeClass);
        }
        return sum;
    }

    /**
     * Tells whether nobody will use this cache any more.
     *
     * @return true if its thread has ended
     */
    public boolean isOwnerDead() {
        Thread thread = owner;
        return thread == null || !thread.isAlive();
    }

    /** When the owner has died and the rounds are out: keeps nothing alive, though chunks may refer to this for long. */
    final void retire() {
        owner = null;
        if (pairs.length == 0) {
            return; // another reaper was here
        }
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            counters.withdraw(sizeClass, pairs);
        }
        pairs = new long[0];
    }
}
