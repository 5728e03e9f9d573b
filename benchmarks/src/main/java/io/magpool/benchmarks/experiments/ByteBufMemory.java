/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.os.Pages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/** The direct buffers of a Netty allocator. None of Netty's own can be asked to give memory back. */
class ByteBufMemory extends MemorySubject {

    private final ByteBufAllocator allocator;

    ByteBufMemory(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Returns what a program is configured with. */
    final ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    final Object acquire(long size) {
        ByteBuf buffer = allocator.directBuffer(Math.toIntExact(size));
        Pages.touch(buffer.memoryAddress(), size);
        return buffer;
    }

    @Override
    final Object acquireUntouched(int size) {
        return allocator.directBuffer(size);
    }

    @Override
    final void release(Object buffer) {
        ((ByteBuf) buffer).release();
    }

    @Override
    final long address(Object buffer) {
        return ((ByteBuf) buffer).memoryAddress();
    }

    @Override
    void trim() {}

    @Override
    final long charged() {
        return ((ByteBufAllocatorMetricProvider) allocator).metric().usedDirectMemory();
    }
}
