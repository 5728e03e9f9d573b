/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * The same as {@link PairOnOneThread} where each iteration begins with a burst, which takes more than a thread's cache has and
 * gives it back, as every server does now and then.
 *
 * <p>It makes two differences that neither allocator is to blame for, and that a server has. A loop that never leaves the cache
 * is compiled without the way to what lies behind it, so nothing need be kept for that in registers or on the stack; and what a
 * cache holds after a burst is not what it held before.
 */
public class PairAfterBursts extends PairOnOneThread {

    private static final int BURST_BYTES = 32 << 20;
    private static final int FEW = 10;
    private static final int MANY = 1000;

    @Override
    void beginIteration(Subject allocator, int bytes) {
        int count = Math.clamp(BURST_BYTES / bytes, FEW, MANY);
        List<Object> burst = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            burst.add(allocator.acquire(bytes));
        }
        burst.forEach(allocator::release);
    }
}
