/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.concurrent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A long that many threads write, alone on its cache lines. */
@SuppressWarnings("unused")
public final class PaddedLong extends PaddedLongValue {
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;

    /** Starts at zero. */
    public PaddedLong() {}
}

/** The value between the two pads. */
abstract class PaddedLongValue extends LeadingPad {

    private static final VarHandle VALUE = VarHandles.ofField(MethodHandles.lookup(), "value", long.class);

    private volatile long value;

    public final long get() {
        return value;
    }

    public final void set(long newValue) {
        value = newValue;
    }

    public final void setRelease(long newValue) {
        VALUE.setRelease(this, newValue);
    }

    public final boolean cas(long expected, long newValue) {
        return VALUE.compareAndSet(this, expected, newValue);
    }

    public final void or(long mask) {
        VALUE.getAndBitwiseOr(this, mask);
    }

    public final void and(long mask) {
        VALUE.getAndBitwiseAnd(this, mask);
    }

    public final long addAndGet(long delta) {
        return (long) VALUE.getAndAdd(this, delta) + delta;
    }
}
