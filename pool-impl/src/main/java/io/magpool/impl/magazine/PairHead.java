/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

/**
 * What changes of a pair of magazines at each operation, in one word: where the top round is, and how many acquires are left until
 * the owner has to look whether one is a sample ({@link PairCounters}).
 *
 * <pre>{@code
 *  63              32 31          0
 * | acquires left - 1 |  top round  |
 * }</pre>
 *
 * <p>An acquire or a release is an addition to this word, stored at once, as 64-bit JVMs store a long, so nobody ever sees one of the
 * two without the other. Where no acquire is left the word is negative. Where there is no round, the top is the {@linkplain PairLayout
 * ground}, which holds no chunk's number. So an acquire has one comparison to make, that of the signs of both.
 *
 * <p>The top round is the lower half, which a processor takes out of the word for nothing. The next load waits for it: with room for
 * rounds as a third number in that half, a pair through {@code ByteBuf} took half a nanosecond more.
 *
 * <p>Rejected: two ints, in places of their own. At the pool's own interface a pair was 8 % quicker so, and a replacement among
 * thousands of buffers a tenth; but through {@code ByteBuf} a pair took 2 to 5 % more, a replacement among 128 buffers 7 % (a few
 * forks, {@code docs/two-cores.md}), and statistics may see one of the two without the other.
 */
final class PairHead {

    /** What a release adds. */
    static final long ONE_ROUND = 1;

    /** One acquire more that is left. */
    static final long ONE_LEFT = 1L << 32;

    /** What an acquire adds. */
    static final long ACQUIRE = -ONE_ROUND - ONE_LEFT;

    private PairHead() {}

    /** Of a pair without rounds, and no acquire left. */
    static long unused(int ground) {
        return ground - ONE_LEFT;
    }

    static int top(long head) {
        return (int) head;
    }

    static long left(long head) {
        return (head >> 32) + 1;
    }
}
