/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty.soak;

import java.util.Arrays;

/**
 * Whether a figure that was read at even distances stays where it is. The first quarter, in which a JVM compiles and caches
 * fill, does not count. Of the rest the median of the first third is set against that of the last: one reading, however high,
 * changes neither, and what grows with time, however slowly, shows in full.
 *
 * @param early the median of the second quarter
 * @param late the median of the last quarter
 * @param highest the highest reading of all
 */
record Level(long early, long late, long highest) {

    private static final int QUARTERS = 4;

    /** At least four readings, oldest first. */
    static Level of(long[] readings) {
        if (readings.length < QUARTERS) {
            throw new IllegalArgumentException(readings.length + " readings: must be at least " + QUARTERS);
        }
        return new Level(
                median(readings, 1), median(readings, QUARTERS - 1), Arrays.stream(readings).max().getAsLong());
    }

    private static long median(long[] readings, int quarter) {
        int from = readings.length * quarter / QUARTERS;
        int to = readings.length * (quarter + 1) / QUARTERS;
        long[] sorted = Arrays.copyOfRange(readings, from, to);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** By how much the figure rose; negative if it fell. */
    long growth() {
        return late - early;
    }

    /** Whether it rose by no more than that. */
    boolean isFlatWithin(long slack) {
        return growth() <= slack;
    }

    String inMebibytes() {
        return String.format("%.1f MiB in the second quarter, %.1f MiB in the last (%+.1f), at most %.1f MiB",
                mebibytes(early), mebibytes(late), mebibytes(growth()), mebibytes(highest));
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }
}
