/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractPooledByteBufTest;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Netty's own tests of a pooled buffer. Where Netty compares the handle of the chunk, the place of the memory serves here. */
@Tag("netty")
abstract class NettyByteBufContract extends AbstractPooledByteBufTest {

    private static MagpoolByteBufAllocator allocator;

    private final Kind kind;
    private final ByteOrder order;

    NettyByteBufContract(Kind kind, ByteOrder order) {
        this.kind = kind;
        this.order = order;
    }

    @BeforeAll
    static void createAllocator() {
        allocator = TestAllocators.withLimit(512 * TestAllocators.MIB);
    }

    @AfterAll
    static void nothingIsStillInUse() {
        allocator.close();
    }

    /** Where the buffers come from. */
    MagpoolByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    @SuppressWarnings("deprecation") // the order is what is tested
    protected final ByteBuf alloc(int length, int maxCapacity) {
        ByteBuf buf = kind.buffer(allocator(), length, maxCapacity).order(order);
        assertThat(buf.order()).isEqualTo(order);
        assertThat(buf.isDirect()).isEqualTo(kind == Kind.DIRECT);
        return buf;
    }

    @ToldAnew("casts to a class of Netty's pooled buffers")
    @Test
    @Override
    public void testMaxFastWritableBytes() {
        ByteBuf buf = newBuffer(150, 500).writerIndex(100);
        int room = TestAllocators.root(buf).room();
        MemorySegment address = Kind.place(buf);
        int fast = buf.maxFastWritableBytes();

        assertThat(buf.capacity()).isEqualTo(150);
        assertThat(buf.writableBytes()).isEqualTo(50);
        assertThat(buf.maxWritableBytes()).isEqualTo(400);
        assertThat(fast).isEqualTo(Math.min(room - 100, 400));

        buf.writeBytes(new byte[fast]);
        assertThat(Kind.place(buf)).as("did not move").isEqualTo(address);
        assertThat(buf.maxFastWritableBytes()).isZero();

        buf.writeByte(7);
        assertThat(Kind.place(buf)).as("moved").isNotEqualTo(address);

        buf.capacity(500);
        assertThat(buf.maxFastWritableBytes()).isEqualTo(500 - buf.writerIndex());
        buf.release();
    }

    @ToldAnew("casts to a class of Netty's pooled buffers")
    @Test
    @Override
    public void testEnsureWritableDoesntGrowTooMuch() {
        ByteBuf buf = newBuffer(150, 500).writerIndex(100);
        MemorySegment address = Kind.place(buf);
        int fast = buf.maxFastWritableBytes();
        assertThat(fast).isGreaterThan(buf.writableBytes() - 1);

        buf.ensureWritable(fast);
        assertThat(Kind.place(buf)).isEqualTo(address);
        assertThat(buf.capacity()).isEqualTo(100 + fast);
        assertThat(buf.maxFastWritableBytes()).isEqualTo(buf.writableBytes());
        buf.release();
    }
}
