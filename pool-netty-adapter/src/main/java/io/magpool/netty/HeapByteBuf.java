/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.buffer.UnpooledHeapByteBuf;

/** A heap buffer on an array of its own, outside the pool, whose bytes are counted. */
final class HeapByteBuf extends UnpooledHeapByteBuf {

    HeapByteBuf(MagpoolByteBufAllocator alloc, int initialCapacity, int maxCapacity) {
        super(alloc, initialCapacity, maxCapacity);
    }

    @Override
    protected byte[] allocateArray(int initialCapacity) {
        byte[] array = super.allocateArray(initialCapacity);
        usage().heapTaken(array.length);
        return array;
    }

    @Override
    protected void freeArray(byte[] array) {
        super.freeArray(array);
        usage().heapGiven(array.length);
    }

    /** Through the allocator, which is there before this class's own fields: the first array comes from the constructor. */
    private Usage usage() {
        return ((MagpoolByteBufAllocator) alloc()).usage();
    }
}
