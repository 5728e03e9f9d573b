/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.checked;

import io.magpool.api.PooledBuffer;
import io.magpool.impl.slab.SizeClasses;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Counts buffers by size class, and large ones together. The size does not tell which is which: what is aligned beyond what
 * chunks are may be large and small.
 */
public final class Tally {

    private final Predicate<PooledBuffer> isLarge;
    private final AtomicLongArray chunks = new AtomicLongArray(SizeClasses.COUNT);
    private final AtomicLong large = new AtomicLong();
    private final AtomicLong largeBytes = new AtomicLong();
    private final AtomicLongArray asked = new AtomicLongArray(SizeClasses.COUNT);
    private final AtomicLong largeAsked = new AtomicLong();
    private volatile Supplier<List<PooledBuffer>> members = List::of;

    /**
     * Builds one that counts nothing yet.
     *
     * @param isLarge tells of a buffer of the ordinary pool that it is no chunk
     */
    Tally(Predicate<PooledBuffer> isLarge) {
        this.isLarge = isLarge;
    }

    void listedBy(Supplier<List<PooledBuffer>> list) {
        members = list;
    }

    /**
     * Lists the buffers that are counted, as the ordinary pool knows them.
     *
     * @return a snapshot
     */
    public List<PooledBuffer> buffersNow() {
        return members.get();
    }

    void add(Acquisition acquisition) {
        change(acquisition, 1);
    }

    void subtract(Acquisition acquisition) {
        change(acquisition, -1);
    }

    private void change(Acquisition acquisition, int buffers) {
        long size = acquisition.inner().size();
        if (isLarge.test(acquisition.inner())) {
            large.addAndGet(buffers);
            largeBytes.addAndGet(buffers * acquisition.capacity());
            largeAsked.addAndGet(buffers * size);
        } else {
            int sizeClass = SizeClasses.indexFor((int) acquisition.capacity());
            chunks.addAndGet(sizeClass, buffers);
            asked.addAndGet(sizeClass, buffers * size);
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
     * Adds up what chunks were acquired with.
     *
     * @param sizeClass of these chunks
     * @return bytes
     */
    public long asked(int sizeClass) {
        return asked.get(sizeClass);
    }

    /**
     * Adds up what large buffers were acquired with.
     *
     * @return bytes
     */
    public long largeAsked() {
        return largeAsked.get();
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
