/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DuplicatedByteBufTest;
import io.netty.buffer.RetainedDuplicatedByteBufTest;
import io.netty.buffer.RetainedSlicedByteBufTest;
import io.netty.buffer.SlicedByteBufTest;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Netty's tests on what is derived from heap buffers. */
@Tag("core")
@Tag("netty")
class NettyDerivedHeapByteBufTest {

    /** What is derived from a watched buffer is a wrapper of Netty's, which hides what these tests unwrap. */
    @RegisterExtension
    static final LeakDetectionLevel UNWATCHED = new LeakDetectionLevel(ResourceLeakDetector.Level.DISABLED);

    private static MagpoolByteBufAllocator allocator;

    @BeforeAll
    static void createAllocator() {
        allocator = TestAllocators.withLimit(512 * TestAllocators.MIB);
    }

    /** Not closed by the rule that nothing is in use: some of Netty's tests of slices do not release their parents. */
    @AfterAll
    static void abandon() {
        allocator.pool().abandon();
        allocator.heapPool().ifPresent(pool -> pool.abandon());
    }

    private static ByteBuf insteadOf(ByteBuf netty) {
        int capacity = netty.capacity();
        netty.release();
        return Kind.HEAP.buffer(allocator, capacity);
    }

    @Nested
    class Slices extends SlicedByteBufTest {
        @Override
        protected ByteBuf newSlice(ByteBuf buffer, int offset, int length) {
            return insteadOf(buffer).slice(offset, length);
        }
    }

    @Nested
    class RetainedSlices extends RetainedSlicedByteBufTest {
        @Override
        protected ByteBuf newSlice(ByteBuf buffer, int offset, int length) {
            ByteBuf parent = insteadOf(buffer);
            ByteBuf slice = parent.retainedSlice(offset, length);
            parent.release();
            return slice;
        }
    }

    @Nested
    class Duplicates extends DuplicatedByteBufTest {
        @Override
        protected ByteBuf newBuffer(int length, int maxCapacity) {
            return Kind.HEAP.buffer(allocator, length, maxCapacity).duplicate();
        }
    }

    @Nested
    class RetainedDuplicates extends RetainedDuplicatedByteBufTest {
        @Override
        protected ByteBuf newBuffer(int length, int maxCapacity) {
            ByteBuf parent = Kind.HEAP.buffer(allocator, length, maxCapacity);
            ByteBuf duplicate = parent.retainedDuplicate();
            parent.release();
            return duplicate;
        }
    }
}
