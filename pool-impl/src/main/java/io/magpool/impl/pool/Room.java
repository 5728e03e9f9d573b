/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PooledBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the line of those who wait knows of the pool: whether there is room, and how it is taken. The line itself has no memory. So it
 * can be checked with a room that is as small as can be.
 */
interface Room {

    /** Names the pool to whoever looks on. */
    String name();

    /**
     * Acquires.
     *
     * @return null if there is no room
     * @throws io.magpool.api.PoolClosedException also if the pool is closed meanwhile
     */
    @Nullable PooledBuffer acquireIfRoom(Wish wish, boolean byReclaim);

    /**
     * Makes a buffer of the chunk that a waiter was given, and answers for the chunk: if there will be no buffer, it is put back.
     *
     * @param number the chunk's, or none if the pool was closed
     * @throws io.magpool.api.PoolClosedException also if the pool is closed meanwhile
     */
    PooledBuffer receive(Wish wish, int number);

    /** Puts a chunk home that a waiter was given and does not take, without a look at the line. */
    void takeBack(int number);

    /** Tells whether an acquire need not wait. */
    boolean finds(Wish wish, boolean byReclaim);

    /** Tells how much may be charged before the limit is met, in bytes. */
    long bytes();

    /** Has others in the family give way, if they are in the way; returns false if a further try is of no use. */
    boolean othersGiveWay(Wish wish);

    /** Tells whether others in the family leave too little for a wish. */
    boolean isShortByOthers(Wish wish);

    /** Tells whether others in the family stand in line for what this pool has. */
    boolean isWantedByOthers();

    /** Tells whether the limit itself is too low. */
    boolean canNeverServe(Wish wish);

    boolean isClosed();
}
