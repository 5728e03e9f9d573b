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
 * Counts the acquires and releases of a cache, by size class. An acquire counts in the pair's {@linkplain PairHead head}, the word that
 * it changes anyway: it takes one off those that are <em>left</em>. A release counts nothing beyond the round that it adds. Here
 * stands how many acquires were granted until now, and how many rounds came and went by other ways, so
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
 * <p>Written inside the {@link Guard} only. Statistics read without it. An acquire or a release changes the head by one store, so
 * whoever reads that sees all of it or nothing. Other steps change more words: {@code version} is odd meanwhile, and a reader that finds
 * it odd or changed reads again (a sequence lock). An owner may be stopped in the middle of a step, or killed there by a
 * StackOverflowError, and then the version stays odd until the next step; so after a while a reader takes what it has of an owner
 * who stands still. Each step stores its words in such an order that what is seen half is too few, never too many; but for rounds
 * that move, where no fence keeps the order, since a fence is a call and rounds are in hand (see {@link Stripes}): then it is a pair's
 * worth at most. Whoever wants a counter that never falls keeps the highest value it has seen ({@link CacheRegistry}).
 *
 * <p>Rejected, by the time of an acquire and a release on one thread: an array of longs for counters beside the pairs (1.5 ns more);
 * one of 32 bits for the head, which is used up 256 times as often: code that was compiled without the slow way is then compiled
 * again, too late to be inlined as well (up to 6 ns).
 */
final class PairCounters {

    private static final VarHandle VERSION = VarHandles.ofField(MethodHandles.lookup(), "version", int.class);
    private static final int LOOKS = 1_000;
    private static final int PLENTY = 1 << 30;

    private final PairLayout layout;
    private final SampleRate sampleRate;
    private final long[] granted = new long[SizeClasses.COUNT];

    /** Rounds that came in less those that went out, by class. Changed within a step, without a call (see {@link Stripes}). */
    final long[] moved = new long[SizeClasses.COUNT];

    private final long[] ahead; // acquires from the last granted one to the next sample; negative before the first draw
    private int version;

    PairCounters(PairLayout layout, SampleRate sampleRate) {
        this.layout = layout;
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
     */
    boolean takeSample(int sizeClass, long[] pairs) {
        if (!sampleRate.isAny() || PairHead.left(pairs[PairLayout.headAt(sizeClass)]) != 0) {
            return false;
        }
        boolean due = isDue(sizeClass);
        int most = (int) Math.min(ahead[sizeClass], Integer.MAX_VALUE);
        ahead[sizeClass] -= most;
        grant(sizeClass, pairs, most);
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
    void returnSample(int sizeClass, long[] pairs) {
        withdraw(sizeClass, pairs);
        ahead[sizeClass] = 0;
    }

    /** Takes back what was granted and is left. */
    void withdraw(int sizeClass, long[] pairs) {
        grant(sizeClass, pairs, -PairHead.left(pairs[PairLayout.headAt(sizeClass)]));
    }

    /** Where there are no samples: grants more, long before it is needed. */
    void grantUnlessSampling(int sizeClass, long[] pairs) {
        long left = PairHead.left(pairs[PairLayout.headAt(sizeClass)]);
        if (!sampleRate.isAny() && left < PLENTY) {
            grant(sizeClass, pairs, Integer.MAX_VALUE - left);
        }
    }

    private void grant(int sizeClass, long[] pairs, long acquires) {
        begin();
        if (acquires > 0) {
            pairs[PairLayout.headAt(sizeClass)] += acquires * PairHead.ONE_LEFT;
            VarHandle.storeStoreFence();
            granted[sizeClass] += acquires;
        } else {
            granted[sizeClass] += acquires;
            VarHandle.storeStoreFence();
            pairs[PairLayout.headAt(sizeClass)] += acquires * PairHead.ONE_LEFT;
        }
        end();
    }

    /** Counts an acquire of what was never in the pair, as one of those that are left if there are any. */
    void countAcquire(int sizeClass, long[] pairs) {
        begin();
        moved[sizeClass]++; // in, to be acquired
        VarHandle.storeStoreFence();
        if (PairHead.left(pairs[PairLayout.headAt(sizeClass)]) != 0) {
            pairs[PairLayout.headAt(sizeClass)] -= PairHead.ONE_LEFT;
        } else {
            granted[sizeClass]++;
        }
        end();
    }

    /** Anyone: how many acquires there were. The array is empty when the cache has been retired. */
    long acquires(int sizeClass, long[] pairs) {
        return read(sizeClass, pairs, false);
    }

    /** Anyone: how many releases there were. The array is empty when the cache has been retired. */
    long releases(int sizeClass, long[] pairs) {
        return read(sizeClass, pairs, true);
    }

    private long read(int sizeClass, long[] pairs, boolean releases) {
        Patience patience = new Patience();
        while (true) {
            int seen = (int) VERSION.getAcquire(this);
            long known = granted[sizeClass];
            VarHandle.loadLoadFence();
            int ground = layout.ground(sizeClass);
            long head = pairs.length == 0 ? PairHead.unused(ground) : pairs[PairLayout.headAt(sizeClass)];
            long acquires = known - PairHead.left(head);
            long found = releases ? acquires + PairHead.top(head) - ground - moved[sizeClass] : acquires;
            VarHandle.loadLoadFence();
            boolean oneVersion = seen == (int) VERSION.getOpaque(this);
            if (oneVersion && ((seen & 1) == 0 || patience.isAtEnd(seen, found))) {
                return found;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * How long a reader looks again at an odd version: until it has found the same very often, so that the owner stands still; who goes
     * on in the middle of a look is found out by that.
     */
    private static final class Patience {

        private int left = LOOKS;
        private int version;
        private long found;

        boolean isAtEnd(int newVersion, long newFound) {
            boolean still = newVersion == version && newFound == found;
            version = newVersion;
            found = newFound;
            left = still ? left - 1 : LOOKS;
            return left <= 0;
        }
    }
}
