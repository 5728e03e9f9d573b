/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

/**
 * Counts times, each in a bucket a thirty-second part of its power of two wide, so that a percentile is at most 3 % too
 * large. For one thread.
 */
final class LatencyHistogram {

    private static final int BITS = 5;
    private static final int BUCKETS = 1 << BITS;

    private final long[] counts = new long[(Long.SIZE - BITS) * BUCKETS];
    private long count;
    private long most;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        most = Math.max(most, value);
    }

    /** Values below 32 have a bucket each; above, the five bits after the leading one choose. */
    private static int bucket(long value) {
        if (value < BUCKETS) {
            return (int) value;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        int shift = exponent - BITS;
        return (shift + 1) * BUCKETS + (int) (value >>> shift) - BUCKETS;
    }

    /** Returns the largest value of a bucket. */
    private static long top(int bucket) {
        int shift = bucket / BUCKETS - 1;
        return shift < 0 ? bucket : ((long) (bucket % BUCKETS + BUCKETS + 1) << shift) - 1;
    }

    long count() {
        return count;
    }

    long most() {
        return most;
    }

    /**
     * Returns the time that a share of all does not exceed.
     *
     * @param share 0 to 1
     * @return nanoseconds; 0 if nothing was counted
     */
    long percentile(double share) {
        long rank = Math.clamp((long) Math.ceil(share * count), 1, Math.max(1, count));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(top(bucket), most);
            }
        }
        return 0;
    }
}
