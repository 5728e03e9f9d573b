/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The acquisitions that are followed where all others are not: the pool picks them, on the way that an acquire takes when
 * its thread's magazines have nothing for it, and hands each to whoever follows. Where all are followed, it picks none.
 */
public final class Samples {

    private final int distance;
    private volatile @Nullable Follower follower;

    /**
     * Reads the settings.
     *
     * @param config says whether there are samples, and how many
     */
    public Samples(PoolConfig config) {
        boolean some = Care.usual(config) == Care.NONE && Care.sampled(config) != Care.NONE;
        this.distance = some ? config.sampleRate() : 0;
    }

    void followedBy(Follower newFollower) {
        follower = newFollower;
    }

    /**
     * Returns of how many acquisitions one is a sample, on average.
     *
     * @return a number of acquisitions, or 0 if the pool picks none
     */
    public int distance() {
        return distance;
    }

    /**
     * Follows a sample. If that fails, for want of Java heap say, the buffer is released.
     *
     * @param pool that picked it
     * @param buffer acquired from it
     * @param alignment that was asked for
     * @return what the user gets
     */
    public PooledBuffer follow(BufferPool pool, PooledBuffer buffer, long alignment) {
        Follower present = follower;
        return present == null ? buffer : present.followSample(pool, buffer, alignment);
    }
}
