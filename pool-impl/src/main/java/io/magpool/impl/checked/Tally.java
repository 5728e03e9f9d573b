/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.impl.slab.SizeClasses;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts buffers by size class, and large ones together. */
public final class Tally {

    private final AtomicLongArray chunks = new AtomicLongArray(SizeClasses.COUNT);
    private final AtomicLong large = new AtomicLong();
    private final AtomicLong largeBytes = new AtomicLong();

    /** Builds one that counts nothing yet. */
    public Tally() {}

    void add(long capacity) {
        change(capacity, 1);
    }

    void subtract(long capacity) {
        change(capacity, -1);
    }

    private void change(long capacity, int buffers) {
        if (capacity <= SizeClasses.MAX_BYTES) {
            chunks.addAndGet(SizeClasses.indexFor((int) capacity), buffers);
        } else {
            large.addAndGet(buffers);
            largeBytes.addAndGet(buffers * capacity);
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
