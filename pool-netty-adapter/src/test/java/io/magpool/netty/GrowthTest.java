/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.PoolExhaustedException;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class GrowthTest {

    private MagpoolByteBufAllocator allocator;

    @BeforeEach
    void create() {
        allocator = TestAllocators.withLimit(16 * TestAllocators.MIB);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    @Test
    void growsInPlaceWhileTheChunkHasRoom() {
        ByteBuf buf = allocator.directBuffer(100);
        long address = buf.memoryAddress();
        int room = TestAllocators.root(buf).room();
        buf.capacity(room);
        assertThat(buf.capacity()).isEqualTo(room);
        assertThat(buf.memoryAddress()).isEqualTo(address);
        buf.release();
    }

    @Test
    void keepsContentIndicesMarksAndIdentity() {
        ByteBuf buf = allocator.directBuffer(64);
        MagpoolByteBuf root = TestAllocators.root(buf);
        for (int i = 0; i < 64; i++) {
            buf.writeByte(i);
        }
        buf.skipBytes(3).markReaderIndex().markWriterIndex().skipBytes(4);
        ByteBuf slice = buf.slice(10, 10);
        long address = buf.memoryAddress();

        for (int size : new int[]{1000, 60_000, 900_000, 3 << 20}) {
            assertThat(buf.capacity(size)).isSameAs(buf);
            assertThat(buf.memoryAddress()).as("moved at %d", size).isNotEqualTo(address);
            address = buf.memoryAddress();
            assertThat(TestAllocators.root(buf)).isSameAs(root);
            assertThat(buf.capacity()).isEqualTo(size);
            assertThat(buf.readerIndex()).isEqualTo(7);
            assertThat(buf.writerIndex()).isEqualTo(64);
            assertThat(buf.refCnt()).isOne();
            for (int i = 0; i < 64; i++) {
                assertThat(buf.getByte(i)).isEqualTo((byte) i);
            }
            assertThat(slice.getByte(0)).as("the slice moves with it").isEqualTo((byte) 10);
            buf.setByte(size - 1, 1);
        }
        assertThat(buf.resetReaderIndex().readerIndex()).isEqualTo(3);
        assertThat(buf.resetWriterIndex().writerIndex()).isEqualTo(64);
        assertThat(buf.release()).isTrue();
        assertThat(TestAllocators.acquired(allocator)).isZero();
    }

    @Test
    void leavesBothChunksWithABufferOfTheirOwn() {
        ByteBuf buf = allocator.directBuffer(64);
        MagpoolByteBuf grown = TestAllocators.root(buf);
        grown.internalNioBuffer(0, 1);
        long small = buf.memoryAddress();
        buf.capacity(8192);
        long big = buf.memoryAddress();

        ByteBuf next = allocator.directBuffer(64);
        MagpoolByteBuf atSmall = TestAllocators.root(next);
        assertThat(atSmall).isNotSameAs(grown);
        assertThat(next.memoryAddress()).as("the chunk that was outgrown").isEqualTo(small);
        next.setLong(0, -1L);
        buf.setLong(0, 42L);
        assertThat(next.internalNioBuffer(0, 8).getLong(0)).isEqualTo(-1L);
        assertThat(buf.internalNioBuffer(0, 8).getLong(0)).isEqualTo(42L);
        buf.release();
        next.release();

        ByteBuf againBig = allocator.directBuffer(8192);
        ByteBuf againSmall = allocator.directBuffer(64);
        assertThat(TestAllocators.root(againBig)).isSameAs(grown);
        assertThat(againBig.memoryAddress()).isEqualTo(big);
        assertThat(TestAllocators.root(againSmall)).isSameAs(atSmall);
        assertThat(againSmall.memoryAddress()).isEqualTo(small);
        againBig.release();
        againSmall.release();
    }

    @Test
    void shrinksInPlaceAndTrimsTheIndices() {
        ByteBuf buf = allocator.directBuffer(1000).writeZero(1000).skipBytes(900);
        long address = buf.memoryAddress();
        buf.capacity(500);
        assertThat(buf.capacity()).isEqualTo(500);
        assertThat(buf.readerIndex()).isEqualTo(500);
        assertThat(buf.writerIndex()).isEqualTo(500);
        assertThat(buf.memoryAddress()).isEqualTo(address);
        buf.release();
    }

    @Test
    void goesNoFurtherThanTheMaximum() {
        ByteBuf buf = allocator.directBuffer(64, 1000);
        assertThat(buf.capacity(1000).maxFastWritableBytes()).isEqualTo(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> buf.capacity(1001));
        assertThatThrownBy(() -> buf.writerIndex(1000).writeByte(1)).isInstanceOf(IndexOutOfBoundsException.class);
        buf.release();
    }

    @Test
    void changesNothingWhenItFails() {
        ByteBuf buf = allocator.directBuffer(100).writeLong(42).skipBytes(1).retain();
        long address = buf.memoryAddress();
        long acquired = TestAllocators.acquired(allocator);

        assertThatThrownBy(() -> buf.capacity(17 << 20)).isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining(Integer.toString(17 << 20)).hasCauseInstanceOf(PoolExhaustedException.class);

        assertThat(buf.capacity()).isEqualTo(100);
        assertThat(buf.memoryAddress()).isEqualTo(address);
        assertThat(buf.readerIndex()).isOne();
        assertThat(buf.writerIndex()).isEqualTo(8);
        assertThat(buf.refCnt()).isEqualTo(2);
        assertThat(buf.getLong(0)).isEqualTo(42);
        assertThat(TestAllocators.acquired(allocator)).isEqualTo(acquired);
        assertThat(buf.capacity(1000).getLong(0)).isEqualTo(42);
        assertThat(buf.release(2)).isTrue();
    }
}
