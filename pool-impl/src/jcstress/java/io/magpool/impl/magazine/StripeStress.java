/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads that use one stripe: the release store of {@code putBack} hands the plain magazines on to the next compare-
 * and-set of {@code tryTake}.
 */
public final class StripeStress {

    private static final int ROUNDS = 4;
    private static final PairLayout LAYOUT = layout();

    private StripeStress() {}

    private static PairLayout layout() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 1);
        capacities[0] = ROUNDS;
        return new PairLayout(capacities);
    }

    /** Results: rounds that each thread got, rounds missing or doubled at the end. */
    @Outcome(id = "[012], [012], 0", expect = Expect.ACCEPTABLE, desc = "each round in one place")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a round is lost or doubled")
    private static final class Once {}

    /** A stripe with some rounds. */
    static class Loaded {

        private final Stripe stripe = new Stripe(LAYOUT, 1 << 20, false, SampleRate.NONE);

        Loaded() {
            Magazine magazine = new Magazine(0, ROUNDS);
            for (int i = 0; i < ROUNDS; i++) {
                magazine.push(i);
            }
            stripe.load(0, magazine);
        }

        final int takeTwo(boolean locked) {
            int got = 0;
            for (int i = 0; i < 2; i++) {
                if (!locked || stripe.tryTake()) {
                    got += stripe.takeRound(0) >= 0 ? 1 : 0;
                    if (locked) {
                        stripe.putBack();
                    }
                }
            }
            return got;
        }

        final int missing(int taken) {
            return ROUNDS - taken - stripe.cached(0);
        }
    }

    /** As it is. */
    @JCStressTest
    @JCStressMeta(Once.class)
    @State
    public static class TwoThreads extends Loaded {

        /** A thread. */
        @Actor
        public void one(III_Result r) {
            r.r1 = takeTwo(true);
        }

        /** Another. */
        @Actor
        public void other(III_Result r) {
            r.r2 = takeTwo(true);
        }

        /** Counts. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = missing(r.r1 + r.r2);
        }
    }

    /** The broken twin: nobody takes the stripe before using it. */
    @JCStressTest
    @Outcome(id = "[012], [012], 0", expect = Expect.ACCEPTABLE, desc = "each round in one place")
    @Outcome(id = "2, 2, -[12]", expect = Expect.ACCEPTABLE_INTERESTING, desc = "both got the same round")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenWithoutTaking extends Loaded {

        /** A thread. */
        @Actor
        public void one(III_Result r) {
            r.r1 = takeTwo(false);
        }

        /** Another. */
        @Actor
        public void other(III_Result r) {
            r.r2 = takeTwo(false);
        }

        /** Counts. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = missing(r.r1 + r.r2);
        }
    }
}
