/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

/**
 * Makes every object old before it is measured. In a server the pool's objects are old: they were promoted long ago. In
 * a benchmark of a second they would be young, and G1's write barrier, nearly free for young objects, would flatter
 * every allocator that stores references.
 */
final class Promotion {

    private Promotion() {}

    /** Promotes what there is. A full collection leaves all survivors in old regions; the second one settles weak ones. */
    static void promoteAll() {
        System.gc();
        System.gc();
    }
}
