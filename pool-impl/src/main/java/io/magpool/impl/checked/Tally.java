/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PooledBuffer;
import io.magpool.impl.slab.SizeClasses;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;

/**
 * Counts buffers by size class, and large ones together. The size does not tell which is which: what is aligned beyond what
 * chunks are may be large and small.
 */
public final class Tally {

    private final Predicate<PooledBuffer> isLarge;
    private final AtomicLongArray chunks = new AtomicLongArray(SizeClasses.COUNT);
    private final AtomicLong large = new AtomicLong();
    private final AtomicLong largeBytes = new AtomicLong();

    /**
     * Builds one that counts nothing yet.
     *
     * @param isLarge tells of a buffer of the ordinary pool that it is no chunk
     */
    Tally(Predicate<PooledBuffer> isLarge) {
        this.isLarge = isLarge;
    }

    void add(Acquisition acquisition) {
        change(acquisition, 1);
    }

    void subtract(Acquisition acquisition) {
        change(acquisition, -1);
    }

    private void change(Acquisition acquisition, int buffers) {
        if (isLarge.test(acquisition.inner())) {
            large.addAndGet(buffers);
            largeBytes.addAndGet(buffers * acquisition.capacity());
        } else {
            chunks.addAndGet(SizeClasses.indexFor((int) acquisition.capacity()), buffers);
        }
    }

    /**
     * Counts chunks.
     *
     * @param sizeClass of these chunks
     * @return a number of chunks
     */
    public long chunks(int sizeClass) {
        return chunks.get(sizeClass);
    }

    /**
     * Counts large buffers.
     *
     * @return a number of buffers
     */
    public long large() {
        return large.get();
    }

    /**
     * Adds up large buffers.
     *
     * @return bytes
     */
    public long largeBytes() {
        return largeBytes.get();
    }

    /**
     * Counts all buffers.
     *
     * @return a number of buffers
     */
    public long buffers() {
        long sum = large();
        for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
            sum += chunks(sizeClass);
        }
        return sum;
    }
}
