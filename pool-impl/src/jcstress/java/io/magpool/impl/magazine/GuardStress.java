/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.impl.memory.Barrier;
import io.magpool.impl.memory.Platform;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Owner and revokers of one guard. Whoever gets in updates a plain number by a read and a write; an update that is missing at
 * the end shows that two were in, or that one did not see what the other had left (the owner's release of {@code busy}, the
 * revoker's release of {@code control}).
 */
public final class GuardStress {

    private static final Barrier REAL = barrier(MemoryKind.AUTO);
    private static final Barrier HANDSHAKE = barrier(MemoryKind.PORTABLE);

    private GuardStress() {}

    private static Barrier barrier(MemoryKind kind) {
        return Platform.choose(kind, Storage.OFF_HEAP, 2 << 20).barrier();
    }

    /** Results: owner in, revoker in, lost updates. */
    @Outcome(id = "[01], [01], 0", expect = Expect.ACCEPTABLE, desc = "whoever got in was alone")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both were in: an update is lost")
    private static final class Alone {}

    /** The barrier that pools use on this machine. */
    @JCStressTest
    @JCStressMeta(Alone.class)
    @State
    public static class WithBarrier extends GuardedCell {

        /** Begins outside. */
        public WithBarrier() {
            super(REAL, false);
        }

        /** The owner. */
        @Actor
        public void owner(III_Result r) {
            r.r1 = own();
        }

        /** The revoker. */
        @Actor
        public void revoker(III_Result r) {
            r.r2 = revoke();
        }

        /** Counts. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = missing(r.r1 + r.r2);
        }
    }

    /** The barrier of portable memory. */
    @JCStressTest
    @JCStressMeta(Alone.class)
    @State
    public static class WithHandshake extends GuardedCell {

        /** Begins outside. */
        public WithHandshake() {
            super(HANDSHAKE, false);
        }

        /** The owner. */
        @Actor
        public void owner(III_Result r) {
            r.r1 = own();
        }

        /** The revoker. */
        @Actor
        public void revoker(III_Result r) {
            r.r2 = revoke();
        }

        /** Counts. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = missing(r.r1 + r.r2);
        }
    }

    /** An owner that fences for itself, and a revoker whose own fence is enough. */
    @JCStressTest
    @JCStressMeta(Alone.class)
    @State
    public static class Fenced extends GuardedCell {

        /** Begins outside. */
        public Fenced() {
            super(NoBarrier.INSTANCE, true);
        }

        /** The owner. */
        @Actor
        public void owner(III_Result r) {
            r.r1 = own();
        }

        /** The revoker. */
        @Actor
        public void revoker(III_Result r) {
            r.r2 = revoke();
        }

        /** Counts. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = missing(r.r1 + r.r2);
        }
    }

    /** The broken twin, which shows what the barrier is for. */
    @JCStressTest
    @Outcome(id = "[01], [01], 0", expect = Expect.ACCEPTABLE, desc = "whoever got in was alone")
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "both were in: that happens without a barrier")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenWithoutBarrier extends GuardedCell {

        /** Begins outside. */
        public BrokenWithoutBarrier() {
            super(NoBarrier.INSTANCE, false);
        }

        /** The owner. */
        @Actor
        public void owner(III_Result r) {
            r.r1 = own();
        }

        /** The revoker. */
        @Actor
        public void revoker(III_Result r) {
            r.r2 = revoke();
        }

        /** Counts. */
        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = missing(r.r1 + r.r2);
        }
    }

    /** Results: owner in, each revoker in, lost updates. */
    @Outcome(id = "[01], [01], [01], 0", expect = Expect.ACCEPTABLE, desc = "whoever got in was alone")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two were in: an update is lost")
    private static final class AloneAmongThree {}

    /** An owner and two revokers. */
    @JCStressTest
    @JCStressMeta(AloneAmongThree.class)
    @State
    public static class TwoRevokers extends GuardedCell {

        /** Begins outside. */
        public TwoRevokers() {
            super(REAL, false);
        }

        /** The owner. */
        @Actor
        public void owner(IIII_Result r) {
            r.r1 = own();
        }

        /** A revoker. */
        @Actor
        public void firstRevoker(IIII_Result r) {
            r.r2 = revoke();
        }

        /** Another revoker. */
        @Actor
        public void secondRevoker(IIII_Result r) {
            r.r3 = revoke();
        }

        /** Counts. */
        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r4 = missing(r.r1 + r.r2 + r.r3);
        }
    }

    /**
     * The broken twin: revokers that do not care whether another was first. The owner fences for itself, so that there is no barrier to
     * keep them apart in time.
     */
    @JCStressTest
    @Outcome(id = "[01], [01], [01], 0", expect = Expect.ACCEPTABLE, desc = "whoever got in was alone")
    @Outcome(id = "[01], 1, 1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "both revokers were in")
    @Outcome(id = "1, [01], [01], [12]", expect = Expect.ACCEPTABLE_INTERESTING,
            desc = "one let the owner in while the other was in")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenRevokersTogether extends GuardedCell {

        /** Begins outside. */
        public BrokenRevokersTogether() {
            super(NoBarrier.INSTANCE, true);
        }

        /** The owner. */
        @Actor
        public void owner(IIII_Result r) {
            r.r1 = own();
        }

        /** A revoker. */
        @Actor
        public void firstRevoker(IIII_Result r) {
            r.r2 = revoke(false);
        }

        /** Another revoker. */
        @Actor
        public void secondRevoker(IIII_Result r) {
            r.r3 = revoke(false);
        }

        /** Counts. */
        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r4 = missing(r.r1 + r.r2 + r.r3);
        }
    }

    /** An owner that dies inside, and two that find it dead: busy stays set for ever, and one at a time takes over. */
    @JCStressTest
    @JCStressMeta(AloneAmongThree.class)
    @State
    public static class OwnerDies extends GuardedCell {

        /** Begins alive. */
        public OwnerDies() {
            super(NoBarrier.INSTANCE, false);
        }

        /** The owner. */
        @Actor
        public void owner(IIII_Result r) {
            r.r1 = dieInside();
        }

        /** A reaper. */
        @Actor
        public void firstReaper(IIII_Result r) {
            r.r2 = reap(true);
        }

        /** Another reaper. */
        @Actor
        public void secondReaper(IIII_Result r) {
            r.r3 = reap(true);
        }

        /** Counts. */
        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r4 = missing(r.r1 + r.r2 + r.r3);
        }
    }

    /** The broken twin: reapers that do not exclude each other. */
    @JCStressTest
    @Outcome(id = "[01], [01], [01], 0", expect = Expect.ACCEPTABLE, desc = "whoever got in was alone")
    @Outcome(id = "1, 1, 1, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "both reapers were in")
    @Outcome(expect = Expect.FORBIDDEN, desc = "cannot be explained")
    @State
    public static class BrokenReapersTogether extends GuardedCell {

        /** Begins alive. */
        public BrokenReapersTogether() {
            super(NoBarrier.INSTANCE, false);
        }

        /** The owner. */
        @Actor
        public void owner(IIII_Result r) {
            r.r1 = dieInside();
        }

        /** A reaper. */
        @Actor
        public void firstReaper(IIII_Result r) {
            r.r2 = reap(false);
        }

        /** Another reaper. */
        @Actor
        public void secondReaper(IIII_Result r) {
            r.r3 = reap(false);
        }

        /** Counts. */
        @Arbiter
        public void arbiter(IIII_Result r) {
            r.r4 = missing(r.r1 + r.r2 + r.r3);
        }
    }
}
