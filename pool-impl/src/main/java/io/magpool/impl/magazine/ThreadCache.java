/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;

/**
 * One platform thread's magazines: for each size class a loaded and a previous one, as in Bonwick and Adams.
 *
 * <p>The pair is what bounds the visits to the depot: an exchange leaves a full and an empty magazine, so at least as many
 * operations as a magazine has rounds fit before the next, whichever way they go.
 *
 * <p>All methods but those of revocation are the owner's, and work inside the {@link Guard}: no atomic instruction, no
 * reference store on the fast path, no allocation. The counters are the owner's too; others read them, and get a recent
 * figure.
 */
public final class ThreadCache extends Guard {

    private static final int PAD = 16; // longs, 128 bytes

    private final Thread owner;
    private final Magazine[] loaded = new Magazine[SizeClasses.COUNT];
    private final Magazine[] previous = new Magazine[SizeClasses.COUNT];
    private final long[] counters = new long[PAD + 2 * SizeClasses.COUNT + PAD];
    private final long[] lastExchange = new long[SizeClasses.COUNT];
    private final long budget;
    private long exchanges;
    private long heldBytes;

    /**
     * Builds a cache without magazines.
     *
     * @param owner the only thread that will use it
     * @param budget how many bytes the chunks of its magazines may have together
     * @param fenced the mode of the guard
     */
    public ThreadCache(Thread owner, long budget, boolean fenced) {
        super(fenced);
        this.owner = owner;
        this.budget = budget;
        Arrays.fill(loaded, Magazine.ABSENT);
        Arrays.fill(previous, Magazine.ABSENT);
    }

    /**
     * Takes a chunk from the loaded magazine.
     *
     * @param sizeClass of the chunk
     * @return its number, or {@link ChunkNumber#NONE} if there is none, or the cache is revoked
     */
    public int acquire(int sizeClass) {
        if (!enter()) {
            return ChunkNumber.NONE;
        }
        int number = loaded[sizeClass].pop();
        if (number >= 0) {
            counters[PAD + 2 * sizeClass]++;
        }
        leave();
        return number;
    }

    /**
     * Puts a chunk into the loaded magazine.
     *
     * @param sizeClass of the chunk
     * @param number its number
     * @return false if the magazine is full, or the cache is revoked
     */
    public boolean release(int sizeClass, int number) {
        if (!enter()) {
            return false;
        }
        boolean pushed = loaded[sizeClass].push(number);
        if (pushed) {
            counters[PAD + 2 * sizeClass + 1]++;
        }
        leave();
        return pushed;
    }

    /** Like {@link #release}, for a release that has been counted already. */
    public boolean releaseUncounted(int sizeClass, int number) {
        return enter() && leaveWith(loaded[sizeClass].push(number));
    }

    /**
     * Swaps loaded and previous, if that lets the next acquire succeed.
     *
     * @param sizeClass of the magazines
     * @return true if they were swapped
     */
    public boolean swapForAcquire(int sizeClass) {
        return enter() && leaveWith(!previous[sizeClass].isEmpty() && swap(sizeClass));
    }

    /**
     * Swaps loaded and previous, if that lets the next release succeed.
     *
     * @param sizeClass of the magazines
     * @return true if they were swapped
     */
    public boolean swapForRelease(int sizeClass) {
        return enter()
                && leaveWith(
                        previous[sizeClass].count() < previous[sizeClass].capacity() && swap(sizeClass));
    }

    private boolean swap(int sizeClass) {
        Magazine magazine = loaded[sizeClass];
        loaded[sizeClass] = previous[sizeClass];
        previous[sizeClass] = magazine;
        return true;
    }

    private boolean leaveWith(boolean result) {
        leave();
        return result;
    }

    /**
     * Makes a magazine the loaded one and the loaded one the previous.
     *
     * @param sizeClass of the magazines
     * @param magazine held by the caller until now
     * @return what the caller now holds: the previous one, or the very magazine if the cache is revoked. It may be
     *         {@link #isNone absent}
     */
    public Magazine install(int sizeClass, Magazine magazine) {
        if (!enter()) {
            return magazine;
        }
        Magazine displaced = previous[sizeClass];
        previous[sizeClass] = loaded[sizeClass];
        loaded[sizeClass] = magazine;
        exchanges++;
        lastExchange[sizeClass] = exchanges;
        heldBytes += bytes(sizeClass, magazine) - bytes(sizeClass, displaced);
        leave();
        return displaced;
    }

    /**
     * Tells which class is to be given up, since the cache holds more than its budget.
     *
     * @param except the class that is in use just now
     * @return the class exchanged longest ago, or -1 if the cache is within its budget or holds no other class
     */
    public int overBudget(int except) {
        if (heldBytes <= budget) {
            return -1;
        }
        int oldest = -1;
        for (int i = 0; i < lastExchange.length; i++) {
            if (i != except && lastExchange[i] != 0 && (oldest < 0 || lastExchange[i] < lastExchange[oldest])) {
                oldest = i;
            }
        }
        return oldest;
    }

    /**
     * Takes the magazines of a class out.
     *
     * @param sizeClass of the magazines
     * @param out gets the two, to be held by the caller, some perhaps absent
     * @return false if the cache is revoked; nothing has changed then
     */
    public boolean detach(int sizeClass, Magazine[] out) {
        if (!enter()) {
            return false;
        }
        out[0] = loaded[sizeClass];
        out[1] = previous[sizeClass];
        forget(sizeClass);
        leave();
        return true;
    }

    private void forget(int sizeClass) {
        heldBytes -= bytes(sizeClass, loaded[sizeClass]) + bytes(sizeClass, previous[sizeClass]);
        loaded[sizeClass] = Magazine.ABSENT;
        previous[sizeClass] = Magazine.ABSENT;
        lastExchange[sizeClass] = 0;
    }

    private static long bytes(int sizeClass, Magazine magazine) {
        return (long) magazine.capacity() * SizeClasses.bytes(sizeClass);
    }

    /** Revoker, while the owner is outside or dead: hands out all magazines. */
    void drain(MagazineSink sink) {
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            Magazine first = loaded[sizeClass];
            Magazine second = previous[sizeClass];
            forget(sizeClass);
            sink.accept(sizeClass, first);
            sink.accept(sizeClass, second);
        }
    }

    /** Counts an acquire that did not come from a magazine here. Owner only. */
    public void countAcquire(int sizeClass) {
        counters[PAD + 2 * sizeClass]++;
    }

    /** Counts a release that did not go to a magazine here. Owner only. */
    public void countRelease(int sizeClass) {
        counters[PAD + 2 * sizeClass + 1]++;
    }

    /**
     * Counts acquires.
     *
     * @param sizeClass of the chunks
     * @return a recent figure
     */
    public long acquires(int sizeClass) {
        return counters[PAD + 2 * sizeClass];
    }

    /**
     * Counts releases.
     *
     * @param sizeClass of the chunks
     * @return a recent figure
     */
    public long releases(int sizeClass) {
        return counters[PAD + 2 * sizeClass + 1];
    }

    /**
     * Counts magazines installed.
     *
     * @return a recent figure
     */
    public long exchanges() {
        return exchanges;
    }

    /**
     * Counts the chunks of a class in the magazines here.
     *
     * @param sizeClass of the chunks
     * @return exact while the owner is quiet, else a recent figure
     */
    public int cached(int sizeClass) {
        return loaded[sizeClass].count() + previous[sizeClass].count();
    }

    /**
     * Tells whether the owner may enter. Owner only.
     *
     * @return false while the cache is revoked, diverted or closed
     */
    public boolean isOpen() {
        return enter() && leaveWith(true);
    }

    boolean isOwnerDead() {
        return !owner.isAlive();
    }

    /**
     * Tells whether a magazine only stands for none.
     *
     * @param magazine what {@link #install} or {@link #detach} gave
     * @return true if there is nothing to hold
     */
    public static boolean isNone(Magazine magazine) {
        return magazine.isAbsent();
    }
}
