/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

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

    boolean isLarge() {
        return sizeClass == SizeClasses.COUNT;
    }
}
