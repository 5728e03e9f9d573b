/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.concurrent.VarHandles;
import io.magpool.impl.slab.SizeClasses;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Counts the acquires and releases of a cache, by size class. An acquire counts in a word beside the pair's count of rounds, on a
 * cache line that it needs anyway ({@link PairLayout}): it takes one off those that are <em>left</em>. A release counts nothing
 * beyond the round that it adds. Here stands how many acquires were granted until now, and how many rounds came and went by
 * other ways, so
 *
 * <pre>{@code
 *   acquires = granted - left
 *   releases = acquires + rounds - moved        where moved = rounds moved in - rounds moved out
 * }</pre>
 *
 * <p>When none is left the acquire finds nothing, as if there were no rounds, and whoever comes the slow way asks
 * {@link #takeSample}. So one word counts, and tells which acquire is a sample. A distance to the next sample that is too
 * long for the word is granted piece by piece. Where there are no samples more is granted when magazines are exchanged, which in
 * most programs is long before the word is used up.
 *
 * <p>Written inside the {@link Guard} only. Statistics read without it. {@code version} is odd while a step changes more than one
 * word, and a reader that finds it odd or changed reads again (a sequence lock). An owner may be stopped in the middle of a step, or
 * killed there by a StackOverflowError, and then the version stays odd until the next step; so after a while a reader takes what
 * it has of an owner who stands still. Each step stores its words in such an order that what is seen half is too few, never too
 * many; but for rounds that move, where no fence keeps the order, since a fence is a call and rounds are in hand (see {@link
 * Stripes}): then it is a magazine's worth at most. Whoever wants a counter that never falls keeps the highest value it has seen
 * ({@link CacheRegistry}).
 *
 * <p>An acquire is no step. It stores the rounds, then what is left, so that here too a reader between the two finds a release too
 * few. No fence keeps that order, since the fast path pays for none: on a processor that reorders stores, which x86 does not, a
 * release too many may be seen, and stand in the statistics until there is one more.
 *
 * <p>Rejected, by the time of an acquire and a release on one thread: an array of longs beside the pairs (1.5 ns more); a third
 * word for releases (0.3 ns); rounds and acquires left in one word, which is a store less, but used up 256 times as often: code
 * that was compiled without the slow way is then compiled again, too late to be inlined as well (up to 6 ns).
 */
final class PairCounters {

    private static final VarHandle VERSION = VarHandles.ofField(MethodHandles.lookup(), "version", int.class);
    private static final int LOOKS = 1_000;
    private static final int PLENTY = 1 << 30;

    private final SampleRate sampleRate;
    private final long[] granted = new long[SizeClasses.COUNT];

    /** Rounds that came in less those that went out, by class. Changed within a step, without a call (see {@link Stripes}). */
    final long[] moved = new long[SizeClasses.COUNT];

    private final long[] ahead; // acquires from the last granted one to the next sample; negative before the first draw
    private int version;

    PairCounters(SampleRate sampleRate) {
        this.sampleRate = sampleRate;
        this.ahead = sampleRate.isAny() ? new long[SizeClasses.COUNT] : new long[0];
        Arrays.fill(ahead, -1);
    }

    /** A step begins, which is to be seen as one. */
    void begin() {
        version |= 1;
        VarHandle.storeStoreFence();
    }

    /** The step is complete. */
    void end() {
        VERSION.setRelease(this, (version | 1) + 1);
    }

    /**
     * Where no acquire is left: tells whether the one that comes next is a sample, draws the next, and grants more.
     *
     * @param pairs the array of them all
     * @param slot of the class
     */
    boolean takeSample(int sizeClass, int[] pairs, int slot) {
        if (!sampleRate.isAny() || pairs[slot + PairLayout.LEFT] != 0) {
            return false;
        }
        boolean due = isDue(sizeClass);
        int most = (int) Math.min(ahead[sizeClass], Integer.MAX_VALUE);
        ahead[sizeClass] -= most;
        grant(sizeClass, pairs, slot, most);
        return due;
    }

    private boolean isDue(int sizeClass) {
        if (ahead[sizeClass] < 0) {
            ahead[sizeClass] = sampleRate.first();
        }
        boolean due = ahead[sizeClass] == 0;
        if (due) {
            ahead[sizeClass] = sampleRate.next();
        }
        return due;
    }

    /** The acquisition that was a sample came to nothing: the next one is it. */
    void returnSample(int sizeClass, int[] pairs, int slot) {
        withdraw(sizeClass, pairs, slot);
        ahead[sizeClass] = 0;
    }

    /** Takes back what was granted and is left. */
    void withdraw(int sizeClass, int[] pairs, int slot) {
        grant(sizeClass, pairs, slot, -pairs[slot + PairLayout.LEFT]);
    }

    /** Where there are no samples: grants more, long before it is needed. */
    void grantUnlessSampling(int sizeClass, int[] pairs, int slot) {
        int left = pairs[slot + PairLayout.LEFT];
        if (!sampleRate.isAny() && left < PLENTY) {
            grant(sizeClass, pairs, slot, Integer.MAX_VALUE - left);
        }
    }

    private void grant(int sizeClass, int[] pairs, int slot, int acquires) {
        begin();
        if (acquires > 0) {
            pairs[slot + PairLayout.LEFT] += acquires;
            VarHandle.storeStoreFence();
            granted[sizeClass] += acquires;
        } else {
            granted[sizeClass] += acquires;
            VarHandle.storeStoreFence();
            pairs[slot + PairLayout.LEFT] += acquires;
        }
        end();
    }

    /** Counts an acquire of what was never in the pair, as one of those that are left if there are any. */
    void countAcquire(int sizeClass, int[] pairs, int slot) {
        begin();
        moved[sizeClass]++; // in, to be acquired
        VarHandle.storeStoreFence();
        if (pairs[slot + PairLayout.LEFT] != 0) {
            pairs[slot + PairLayout.LEFT]--;
        } else {
            granted[sizeClass]++;
        }
        end();
    }

    /** Anyone: how many acquires there were. The array is empty when the cache has been retired. */
    long acquires(int sizeClass, int[] pairs, int slot) {
        return read(sizeClass, pairs, slot, false);
    }

    /** Anyone: how many releases there were; one less while an acquire goes on. */
    long releases(int sizeClass, int[] pairs, int slot) {
        return read(sizeClass, pairs, slot, true);
    }

    private long read(int sizeClass, int[] pairs, int slot, boolean releases) {
        Patience patience = new Patience();
        while (true) {
            int seen = (int) VERSION.getAcquire(this);
            long known = granted[sizeClass];
            VarHandle.loadLoadFence();
            int left = left(pairs, slot);
            VarHandle.loadLoadFence();
            int rounds = pairs.length == 0 ? 0 : pairs[slot];
            long acquires = known - left;
            long found = releases ? acquires + rounds - moved[sizeClass] : acquires;
            VarHandle.loadLoadFence();
            boolean noAcquireMeanwhile = !releases || left(pairs, slot) == left;
            boolean oneVersion = seen == (int) VERSION.getOpaque(this);
            boolean complete = oneVersion && (seen & 1) == 0;
            if ((complete && noAcquireMeanwhile) || (oneVersion && patience.isAtEnd(seen, found))) {
                return found;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * How long a reader looks again. If the version is odd: until it has found the same very often, so that the owner stands still; who
     * goes on in the middle of a look is found out by that. If it is even, an owner acquired between any two looks: so many looks.
     */
    private static final class Patience {

        private int left = LOOKS;
        private int version;
        private long found;

        boolean isAtEnd(int newVersion, long newFound) {
            boolean still = newVersion == version && newFound == found;
            version = newVersion;
            found = newFound;
            left = still || (newVersion & 1) == 0 ? left - 1 : LOOKS;
            return left <= 0;
        }
    }

    private static int left(int[] pairs, int slot) {
        return pairs.length == 0 ? 0 : pairs[slot + PairLayout.LEFT];
    }
}
