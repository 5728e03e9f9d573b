/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.impl.slab.SizeClasses;

/**
 * What is asked of the layers below.
 *
 * @param size in bytes, as it was asked for
 * @param alignment in bytes
 * @param sizeClass of a chunk that will do, or {@link SizeClasses#COUNT} where only a large buffer will
 * @param charge what it is charged where nothing is there yet, in bytes
 */
record Wish(long size, long alignment, int sizeClass, long charge) {

    private static final long MAX_SIZE = 1L << 46; // half of what a process can address on x86-64

    /** Checks what is asked of a pool, and finds out what would do. */
    static Wish of(MagazinePool pool, long size, long alignment) {
        checkSize(size);
        if (alignment > 1 && pool.config().storage() == PoolConfig.Storage.HEAP) {
            throw new IllegalArgumentException("alignment is " + alignment + ": Java arrays have none to offer");
        }
        int sizeClass = sizeClass(pool, size, alignment);
        return new Wish(
                size,
                alignment,
                sizeClass,
                sizeClass == SizeClasses.COUNT
                        ? LargeBuffers.wholePages(size)
                        : pool.arenas().memoryOfOne(sizeClass));
    }

    /** Names the class whose chunks will do, or {@link SizeClasses#COUNT} if there is none. */
    static int sizeClass(MagazinePool pool, long size, long alignment) {
        return size <= SizeClasses.MAX_BYTES && alignment <= pool.platform().memory().slabAlignment()
                ? SizeClasses.indexFor((int) size, alignment)
                : SizeClasses.COUNT;
    }

    static void checkSize(long size) {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("size is " + size + ": must be from 0 to " + MAX_SIZE);
        }
    }

    boolean isLarge() {
        return sizeClass == SizeClasses.COUNT;
    }
}
