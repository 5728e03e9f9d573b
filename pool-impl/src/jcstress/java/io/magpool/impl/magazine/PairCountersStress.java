/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@link PairCounters} are read while their owner goes on. Results: how many acquires, or releases, the reader found where there
 * were none.
 */
public final class PairCountersStress {

    private static final PairLayout LAYOUT = layout();
    private static final int CLASS = 3;

    private PairCountersStress() {}

    private static PairLayout layout() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 2);
        return new PairLayout(capacities);
    }

    /** Acquires are granted and taken back, in steps of two words. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "a step is seen as one")
    @Outcome(id = "-2147483647", expect = Expect.ACCEPTABLE, desc = "too few, the owner is stopped in the middle")
    @Outcome(expect = Expect.FORBIDDEN, desc = "what was granted is taken for acquired")
    @State
    public static class Granted {

        private final PairCounters counters = new PairCounters(LAYOUT, SampleRate.NONE);
        private final long[] pairs = LAYOUT.newPairs();

        /** The owner. */
        @Actor
        public void owner() {
            counters.grantUnlessSampling(CLASS, pairs);
            counters.withdraw(CLASS, pairs);
            counters.grantUnlessSampling(CLASS, pairs);
        }

        /** Statistics. */
        @Actor
        public void reader(I_Result r) {
            r.r1 = (int) counters.acquires(CLASS, pairs);
        }
    }

    /** Rounds come in and go out while releases are counted by them. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "no release, and none was seen")
    @Outcome(id = {"-1", "-2", "-2147483647"}, expect = Expect.ACCEPTABLE,
            desc = "too few, the owner is stopped in the middle")
    @Outcome(id = {"1", "2"}, expect = Expect.ACCEPTABLE_INTERESTING, desc = "a pair's worth too many: not on x86")
    @Outcome(expect = Expect.FORBIDDEN, desc = "rounds that came or went are taken for releases")
    @State
    public static class Moved {

        private final ThreadCache cache = new ThreadCache(null, LAYOUT, 1 << 20, false, SampleRate.NONE);
        private final Magazine magazine = new Magazine(1, 2);

        /** Builds it with rounds to come. */
        public Moved() {
            magazine.push(1);
            magazine.push(2);
        }

        /** The owner. */
        @Actor
        public void owner() {
            cache.load(CLASS, magazine);
            cache.acquire(CLASS);
            cache.unload(CLASS, magazine);
        }

        /** Statistics. */
        @Actor
        public void reader(I_Result r) {
            r.r1 = (int) cache.releases(CLASS);
        }
    }

    /** The broken twin: no version tells of a step. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "a step is seen as one")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "what was granted is taken for acquired")
    @State
    public static class BrokenWithoutVersion {

        private final long[] granted = new long[1];
        private final int[] left = new int[1];

        /** The owner. */
        @Actor
        public void owner() {
            granted[0] += Integer.MAX_VALUE;
            left[0] += Integer.MAX_VALUE;
        }

        /** Statistics. */
        @Actor
        public void reader(I_Result r) {
            int seen = left[0];
            r.r1 = (int) (granted[0] - seen);
        }
    }
}
