/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.time.Duration;
import java.util.Objects;

/**
 * How much of the memory that a pool does not use goes back to the operating system, and when. A policy is only data: it is
 * asked once in an interval ({@link PoolConfig#trimInterval()}).
 *
 * <p>Memory here is all that is charged: pages behind chunks, and large buffers, in use or kept for the next one.
 *
 * <p>Each policy but {@link None} keeps a floor: a pool is left that much memory.
 * And each has a maximum rate, which bounds the price: whatever the policy wants to give back, this much a second is the most.
 * What only goes whole, a page, a slab where memory comes by slabs, or the mapping of a large buffer, may be more than the rate
 * allows at that moment; then nothing else goes until the rate has made up for it. So in any span of time no more goes than the
 * rate allows in it and in one interval more, and one such piece.
 *
 * <p>Whatever floor and rate, chunks that nobody wants go from magazines to their slabs: that gives nothing back yet.
 */
public sealed interface TrimPolicy {

    /** The rate that bounds nothing. */
    long UNLIMITED = Long.MAX_VALUE;

    /**
     * Returns how much memory is always kept once the pool has had that much.
     *
     * @return bytes of memory, in use or not
     */
    long floorBytes();

    /**
     * Returns how much is given back in a second, at most.
     *
     * @return bytes a second, or {@link #UNLIMITED}
     */
    long maxBytesPerSecond();

    /** Nothing goes back, unless it is asked for by {@link BufferPool#trim}, or an acquire would be refused otherwise. */
    record None() implements TrimPolicy {

        @Override
        public long floorBytes() {
            return 0;
        }

        @Override
        public long maxBytesPerSecond() {
            return UNLIMITED;
        }
    }

    /**
     * What nobody has touched for a whole interval goes back: Bonwick's working set.
     *
     * @param floorBytes how much is always kept: 0 or more
     * @param maxBytesPerSecond how much is given back in a second, at most: 4,096 or more
     */
    record WorkingSet(long floorBytes, long maxBytesPerSecond) implements TrimPolicy {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is not valid; the message names field, value and rule
         */
        public WorkingSet {
            checkCommon(floorBytes, maxBytesPerSecond);
        }
    }

    /**
     * What falls idle goes back little by little over a time, slowly at first and at the end: along the curve
     * 6x<sup>5</sup> - 15x<sup>4</sup> + 10x<sup>3</sup>, as in jemalloc.
     *
     * @param time after which all that fell idle at one moment is gone: 1 millisecond to 1 day
     * @param floorBytes how much is always kept: 0 or more
     * @param maxBytesPerSecond how much is given back in a second, at most: 4,096 or more
     */
    record Decay(Duration time, long floorBytes, long maxBytesPerSecond) implements TrimPolicy {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is not valid; the message names field, value and rule
         */
        public Decay {
            Objects.requireNonNull(time, "time");
            if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("time is " + time + ": must be from 1 millisecond to 1 day");
            }
            checkCommon(floorBytes, maxBytesPerSecond);
        }
    }

    /**
     * Of memory that nobody uses, no more is kept than this, however lately it was used. What threads at work have in their
     * magazines is counted, but left to them.
     *
     * @param idleBytes how much may lie unused: 0 or more
     * @param floorBytes how much is always kept: 0 or more
     * @param maxBytesPerSecond how much is given back in a second, at most: 4,096 or more
     */
    record Watermark(long idleBytes, long floorBytes, long maxBytesPerSecond) implements TrimPolicy {

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is not valid; the message names field, value and rule
         */
        public Watermark {
            if (idleBytes < 0) {
                throw new IllegalArgumentException("idleBytes is " + idleBytes + ": must be 0 or more");
            }
            checkCommon(floorBytes, maxBytesPerSecond);
        }
    }

    private static void checkCommon(long floorBytes, long maxBytesPerSecond) {
        if (floorBytes < 0) {
            throw new IllegalArgumentException("floorBytes is " + floorBytes + ": must be 0 or more");
        }
        if (maxBytesPerSecond < 4096) {
            throw new IllegalArgumentException("maxBytesPerSecond is " + maxBytesPerSecond + ": must be 4096 or more");
        }
    }

    /**
     * Gives nothing back by itself.
     *
     * @return the policy
     */
    static TrimPolicy none() {
        return new None();
    }

    /**
     * Gives back what stayed untouched for a whole interval. The default.
     *
     * @return a policy without floor and without a maximum rate
     */
    static TrimPolicy workingSet() {
        return new WorkingSet(0, UNLIMITED);
    }

    /**
     * Gives back over a time.
     *
     * @param time after which all that fell idle at one moment is gone: 1 millisecond to 1 day
     * @return a policy without floor and without a maximum rate
     * @throws IllegalArgumentException if the time is outside
     */
    static TrimPolicy decay(Duration time) {
        return new Decay(time, 0, UNLIMITED);
    }

    /**
     * Keeps so much unused memory, and no more.
     *
     * @param idleBytes how much may lie unused: 0 or more
     * @return a policy without floor and without a maximum rate
     * @throws IllegalArgumentException if the value is negative
     */
    static TrimPolicy watermark(long idleBytes) {
        return new Watermark(idleBytes, 0, UNLIMITED);
    }

    /**
     * Returns this policy with another floor.
     *
     * @param bytes how much is always kept: 0 or more
     * @return a new policy; {@link None}, which gives nothing, is returned as it is
     * @throws IllegalArgumentException if the value is negative
     */
    default TrimPolicy withFloor(long bytes) {
        return switch (this) {
            case None none -> none;
            case WorkingSet w -> new WorkingSet(bytes, w.maxBytesPerSecond);
            case Decay d -> new Decay(d.time, bytes, d.maxBytesPerSecond);
            case Watermark w -> new Watermark(w.idleBytes, bytes, w.maxBytesPerSecond);
        };
    }

    /**
     * Returns this policy with another maximum rate.
     *
     * @param bytesPerSecond how much is given back in a second, at most: 4,096 or more
     * @return a new policy; {@link None}, which gives nothing, is returned as it is
     * @throws IllegalArgumentException if the value is below
     */
    default TrimPolicy withMaxRate(long bytesPerSecond) {
        return switch (this) {
            case None none -> none;
            case WorkingSet w -> new WorkingSet(w.floorBytes, bytesPerSecond);
            case Decay d -> new Decay(d.time, d.floorBytes, bytesPerSecond);
            case Watermark w -> new Watermark(w.idleBytes, w.floorBytes, bytesPerSecond);
        };
    }
}
