/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Lets chance decide where in the heap objects come to lie, anew in each JVM, by gaps between them.
 *
 * <p>Which objects share a cache line, and which addresses agree in their lower bits, can change what an operation takes. Left alone
 * it is the same in each JVM of a build, so any number of forks agree, and two builds may differ that do the same (Mytkowicz, Diwan,
 * Hauswirth, Sweeney, "Producing Wrong Data Without Doing Anything Obviously Wrong!", ASPLOS 2009; {@link
 * ReplacementAmongLiveBuffers} met one such case). With gaps it is noise, which forks even out and intervals show (Curtsinger,
 * Berger, "Stabilizer", ASPLOS 2013). The gaps stand in front of the pool and of a thread's cache. What a pool or a cache builds in
 * one go keeps its order.
 */
final class Placement {

    private static final int MAX_WORDS = 512; // a page of the processor's

    private final Random random = new Random(); // another one in each JVM: that is what it is for
    private final List<byte[]> gaps = new ArrayList<>();

    /** What is built next lies somewhere else. */
    void gap() {
        gaps.add(new byte[Long.BYTES * random.nextInt(MAX_WORDS)]);
    }
}
