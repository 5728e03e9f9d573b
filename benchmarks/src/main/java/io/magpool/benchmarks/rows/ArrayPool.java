/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.ChildLimits;
import io.magpool.api.CloseReport;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.PressureListener;
import io.magpool.api.Registration;
import io.magpool.api.TrimDepth;
import io.magpool.api.TrimReport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * As little as a pool can do: one stack of free buffers for each power of two, in plain arrays, for one thread, without
 * a limit, never shrinking. With Magpool's own {@code ByteBuf} on top it is the floor, what the wrapper costs when the
 * pool costs nothing.
 *
 * <p>The stacks hold numbers, not references, as the real pool's do: storing a reference into an old array costs a
 * fence under G1, and a floor must not pay what the house above it does not.
 */
final class ArrayPool implements BufferPool {

    private static final long ALIGNMENT = 64;

    private final Arena memory = Arena.ofAuto();
    private final Stack[] stacks = new Stack[Integer.SIZE];

    ArrayPool() {
        for (int exponent = 0; exponent < stacks.length; exponent++) {
            stacks[exponent] = new Stack();
        }
    }

    @Override
    public PooledBuffer acquire(long atLeast) {
        int exponent = Integer.SIZE - Integer.numberOfLeadingZeros((int) atLeast - 1);
        Stack stack = stacks[exponent];
        ArrayBuffer buffer = stack.depth > 0 ? stack.pop() : grown(stack, 1L << exponent);
        buffer.acquired(atLeast);
        return buffer;
    }

    private ArrayBuffer grown(Stack stack, long bytes) {
        return stack.add(memory.allocate(bytes, ALIGNMENT));
    }

    @Override
    public PooledBuffer tryAcquire(long atLeast) {
        return acquire(atLeast);
    }

    @Override
    public PooledBuffer acquire(BufferRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration onAvailable(long size, Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration onPressure(double high, double low, PressureListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setMaxBytes(long maxBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BufferPool child(String name, ChildLimits limits) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PoolStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CloseReport abandon() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void trimCurrentThread() {}

    @Override
    public TrimReport trim(TrimDepth depth) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TrimReport maintain() {
        throw new UnsupportedOperationException();
    }

    /** Does nothing: the memory goes when the garbage collector finds that nobody can reach it. */
    @Override
    public void close() {}

    /** The buffers of one size, and the numbers of those that are free: {@code free[0]} to {@code free[depth - 1]}. */
    static final class Stack {

        private ArrayBuffer[] buffers = new ArrayBuffer[1 << 8];
        private int[] free = new int[1 << 8];
        private int count;
        private int depth;

        ArrayBuffer pop() {
            return buffers[free[--depth]];
        }

        void push(int number) {
            free[depth++] = number;
        }

        /** Adds a buffer that is not free. There is room for its number in {@code free}, should all be released. */
        ArrayBuffer add(MemorySegment memory) {
            if (count == buffers.length) {
                buffers = Arrays.copyOf(buffers, 2 * count);
                free = Arrays.copyOf(free, 2 * count);
            }
            ArrayBuffer buffer = new ArrayBuffer(this, count, memory);
            buffers[count++] = buffer;
            return buffer;
        }
    }
}
