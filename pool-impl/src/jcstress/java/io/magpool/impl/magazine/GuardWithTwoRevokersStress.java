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
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** An owner and two revokers, with the real barrier. Results: owner in, each revoker in, lost updates. */
@JCStressTest
@Outcome(id = "[01], [01], [01], 0", expect = Expect.ACCEPTABLE, desc = "whoever got in was alone")
@Outcome(expect = Expect.FORBIDDEN, desc = "two were in: an update is lost")
@State
public class GuardWithTwoRevokersStress {

    private static final Barrier BARRIER = Platform.choose(MemoryKind.AUTO, Storage.OFF_HEAP, 2 << 20).barrier();

    private final GuardedCell cell = new GuardedCell(BARRIER, false);

    /** The owner. */
    @Actor
    public void owner(IIII_Result r) {
        r.r1 = cell.own();
    }

    /** A revoker. */
    @Actor
    public void firstRevoker(IIII_Result r) {
        r.r2 = cell.revoke();
    }

    /** Another revoker. */
    @Actor
    public void secondRevoker(IIII_Result r) {
        r.r3 = cell.revoke();
    }

    /** Counts what is missing. */
    @Arbiter
    public void arbiter(IIII_Result r) {
        r.r4 = r.r1 + r.r2 + r.r3 - cell.value();
    }
}
