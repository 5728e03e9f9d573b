/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How tests wait for what other threads do: for a condition, and no longer than a deadline that only a test meets that would
 * wait for ever. What fails says what it saw last.
 */
public final class Eventually {

    /** Generous, since a machine may be busy with other things; less than JUnit's own limit, which tells less. */
    private static final Duration DEADLINE = Duration.ofSeconds(50);

    private static final int SPINS = 1000; // before the first pause: most waits are short
    private static final long PAUSE_NANOS = 200_000;

    private Eventually() {}

    /**
     * Waits until a condition holds.
     *
     * @param what the condition, for the failure
     * @param condition is asked again and again
     */
    public static void isTrue(String what, BooleanSupplier condition) {
        isTrue(what, condition, () -> false);
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition, for the failure
     * @param condition is asked again and again
     * @param seen tells what there is instead, for the failure
     */
    public static void isTrue(String what, BooleanSupplier condition, Supplier<?> seen) {
        long start = System.nanoTime();
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (isTimeToGiveUp(start)) {
                throw new AssertionError("not within " + elapsed(start) + ": " + what + "; saw " + seen.get());
            }
            pause(i);
        }
    }

    /** Also when JUnit interrupts a test that has taken too long. */
    private static boolean isTimeToGiveUp(long start) {
        return System.nanoTime() - start > DEADLINE.toNanos() || Thread.currentThread().isInterrupted();
    }

    private static Duration elapsed(long start) {
        return Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    }

    private static void pause(int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
