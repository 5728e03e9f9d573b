/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.util.IllegalReferenceCountException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The count of a buffer, whose accesses are weaker than volatile: what each owner wrote happens before the last release hands the
 * chunk back, and whoever retains a buffer that begins a new life sees that life.
 */
public final class CountStress {

    private static final int OLD = 2; // capacities
    private static final int NEW = 4;

    private CountStress() {}

    /** Two owners write a byte each and release. Results: who was the last, what was in the buffer when its chunk went home. */
    @JCStressTest
    @Outcome(id = {"1, 0, 2", "0, 1, 2"}, expect = Expect.ACCEPTABLE,
            desc = "one is the last, and sees what both wrote")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody is the last, or both, or a write is missing")
    @State
    public static class LastRelease {

        private final CellChunk chunk = new CellChunk(2);
        private final MagpoolByteBuf buf = chunk.buffer();

        /** Begins with two owners. */
        public LastRelease() {
            buf.open(2, 2);
            buf.retain();
        }

        /** An owner. */
        @Actor
        public void one(III_Result r) {
            buf.setByte(0, 1);
            if (buf.release()) {
                r.r1 = 1;
                r.r3 = chunk.sumAtRelease();
            }
        }

        /** Another. */
        @Actor
        public void other(III_Result r) {
            buf.setByte(1, 1);
            if (buf.release()) {
                r.r2 = 1;
                r.r3 = chunk.sumAtRelease();
            }
        }
    }

    /** The broken twin: the count is read and written in two steps. */
    @JCStressTest
    @Outcome(id = {"1, 0, 2", "0, 1, 2"}, expect = Expect.ACCEPTABLE,
            desc = "one is the last, and sees what both wrote")
    @Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "nobody is the last: the chunk is lost")
    @Outcome(id = {"1, 0, 1", "0, 1, 1"}, expect = Expect.ACCEPTABLE_INTERESTING, desc = "a write is missing")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenInTwoSteps {

        private final byte[] bytes = new byte[2];
        private int count = 2;

        private int sumIfLast() {
            int left = count - 1;
            count = left;
            return left == 0 ? bytes[0] + bytes[1] : -1;
        }

        /** An owner. */
        @Actor
        public void one(III_Result r) {
            bytes[0] = 1;
            int sum = sumIfLast();
            if (sum >= 0) {
                r.r1 = 1;
                r.r3 = sum;
            }
        }

        /** Another. */
        @Actor
        public void other(III_Result r) {
            bytes[1] = 1;
            int sum = sumIfLast();
            if (sum >= 0) {
                r.r2 = 1;
                r.r3 = sum;
            }
        }
    }

    /** A buffer begins a new life while somebody with a stale reference retains it. Results: 0 refused, else its capacity. */
    @JCStressTest
    @Outcome(id = {"0", "" + NEW}, expect = Expect.ACCEPTABLE, desc = "refused, or in the new life")
    @Outcome(expect = Expect.FORBIDDEN, desc = "retained, and half in the old life")
    @State
    public static class NewLife {

        private final MagpoolByteBuf buf = new CellChunk(NEW).buffer();

        /** Begins after the end of a life. */
        public NewLife() {
            buf.open(OLD, NEW);
            buf.release();
        }

        /** The next owner. */
        @Actor
        public void owner() {
            buf.open(NEW, NEW);
        }

        /** Somebody with a stale reference. */
        @Actor
        public void stale(I_Result r) {
            try {
                buf.retain();
                r.r1 = buf.capacity();
            } catch (IllegalReferenceCountException refused) {
                r.r1 = 0;
            }
        }
    }

    /** The broken twin: alive first, and set up then, which is what a count without release allows. */
    @JCStressTest
    @Outcome(id = {"0", "" + NEW}, expect = Expect.ACCEPTABLE, desc = "refused, or in the new life")
    @Outcome(id = "" + OLD, expect = Expect.ACCEPTABLE_INTERESTING, desc = "retained, and half in the old life")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenAliveTooEarly {

        private final MagpoolByteBuf buf = new CellChunk(NEW).buffer();

        /** Begins after the end of a life. */
        public BrokenAliveTooEarly() {
            buf.open(OLD, NEW);
            buf.release();
        }

        /** The next owner. */
        @Actor
        public void owner() {
            buf.revive();
            buf.capacity(NEW);
        }

        /** Somebody with a stale reference. */
        @Actor
        public void stale(I_Result r) {
            try {
                buf.retain();
                r.r1 = buf.capacity();
            } catch (IllegalReferenceCountException refused) {
                r.r1 = 0;
            }
        }
    }
}
