/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * What takes more than to read counters: system calls, and a look at each handle. Taken before a {@link Census} and apart from it,
 * since a census may be under a lock.
 *
 * @param residentBytes where it can be told
 * @param asked bytes by size class
 */
record Measured(OptionalLong residentBytes, List<Long> asked) {

    /** Of what need not be told. */
    static final Measured NOT = new Measured(OptionalLong.empty(), noneAsked());

    /** Of a pool that has only just come. */
    static final Measured NOTHING = new Measured(OptionalLong.of(0), noneAsked());

    private static List<Long> noneAsked() {
        return Collections.nCopies(SizeClasses.COUNT, 0L);
    }

    static Measured of(MagazinePool pool) {
        long inSlabs = pool.arenas().residentBytes();
        return new Measured(
                inSlabs < 0 ? OptionalLong.empty() : OptionalLong.of(inSlabs + pool.large().residentBytes()),
                Arrays.stream(pool.chunks().asked()).boxed().toList());
    }
}
