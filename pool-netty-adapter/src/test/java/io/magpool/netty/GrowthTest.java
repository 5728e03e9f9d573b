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
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
@ParameterizedClass
@EnumSource
class GrowthTest {

    @Parameter
    Kind kind;

    @RegisterExtension
    final OpenAllocator allocators = new OpenAllocator(16 * TestAllocators.MIB);

    @Test
    void growsInPlaceWhileTheChunkHasRoom() {
        ByteBuf buf = buffer(100);
        MemorySegment address = Kind.place(buf);
        int room = TestAllocators.root(buf).room();
        buf.capacity(room);
        assertThat(buf.capacity()).isEqualTo(room);
        assertThat(Kind.place(buf)).isEqualTo(address);
        buf.release();
    }

    @Test
    void keepsContentIndicesMarksAndIdentity() {
        ByteBuf buf = buffer(64);
        MagpoolByteBuf root = TestAllocators.root(buf);
        for (int i = 0; i < 64; i++) {
            buf.writeByte(i);
        }
        buf.skipBytes(3).markReaderIndex().markWriterIndex().skipBytes(4);
        ByteBuf slice = buf.slice(10, 10);
        MemorySegment address = Kind.place(buf);

        for (int size : new int[]{1000, 60_000, 900_000, 3 << 20}) {
            assertThat(buf.capacity(size)).isSameAs(buf);
            assertThat(Kind.place(buf)).as("moved at %d", size).isNotEqualTo(address);
            address = Kind.place(buf);
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
        assertThat(TestAllocators.acquired(allocators.get())).isZero();
    }

    @Test
    void leavesBothChunksWithABufferOfTheirOwn() {
        ByteBuf buf = buffer(64);
        MagpoolByteBuf grown = TestAllocators.root(buf);
        grown.internalNioBuffer(0, 1);
        MemorySegment small = Kind.place(buf);
        buf.capacity(8192);
        MemorySegment big = Kind.place(buf);

        ByteBuf next = buffer(64);
        MagpoolByteBuf atSmall = TestAllocators.root(next);
        assertThat(atSmall).isNotSameAs(grown);
        assertThat(Kind.place(next)).as("the chunk that was outgrown").isEqualTo(small);
        next.setLong(0, -1L);
        buf.setLong(0, 42L);
        assertThat(next.internalNioBuffer(0, 8).getLong(0)).isEqualTo(-1L);
        assertThat(buf.internalNioBuffer(0, 8).getLong(0)).isEqualTo(42L);
        buf.release();
        next.release();

        ByteBuf againBig = buffer(8192);
        ByteBuf againSmall = buffer(64);
        assertThat(TestAllocators.root(againBig)).isSameAs(grown);
        assertThat(Kind.place(againBig)).isEqualTo(big);
        assertThat(TestAllocators.root(againSmall)).isSameAs(atSmall);
        assertThat(Kind.place(againSmall)).isEqualTo(small);
        againBig.release();
        againSmall.release();
    }

    @Test
    void shrinksInPlaceAndTrimsTheIndices() {
        ByteBuf buf = buffer(1000).writeZero(1000).skipBytes(900);
        MemorySegment address = Kind.place(buf);
        buf.capacity(500);
        assertThat(buf.capacity()).isEqualTo(500);
        assertThat(buf.readerIndex()).isEqualTo(500);
        assertThat(buf.writerIndex()).isEqualTo(500);
        assertThat(Kind.place(buf)).isEqualTo(address);
        buf.release();
    }

    @Test
    @Tag("nettydefaults")
    void goesNoFurtherThanTheMaximum() {
        ByteBuf buf = kind.buffer(allocators.get(), 64, 1000);
        assertThat(buf.capacity(1000).maxFastWritableBytes()).isEqualTo(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> buf.capacity(1001));
        assertThatThrownBy(() -> buf.writerIndex(1000).writeByte(1)).isInstanceOf(IndexOutOfBoundsException.class);
        buf.release();
    }

    @Test
    void changesNothingWhenItFails() {
        ByteBuf buf = buffer(100).writeLong(42).skipBytes(1).retain();
        MemorySegment address = Kind.place(buf);
        long acquired = TestAllocators.acquired(allocators.get());

        assertThatThrownBy(() -> buf.capacity(17 << 20)).isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining(Integer.toString(17 << 20)).hasCauseInstanceOf(PoolExhaustedException.class);

        assertThat(buf.capacity()).isEqualTo(100);
        assertThat(Kind.place(buf)).isEqualTo(address);
        assertThat(buf.readerIndex()).isOne();
        assertThat(buf.writerIndex()).isEqualTo(8);
        assertThat(buf.refCnt()).isEqualTo(2);
        assertThat(buf.getLong(0)).isEqualTo(42);
        assertThat(TestAllocators.acquired(allocators.get())).isEqualTo(acquired);
        assertThat(buf.capacity(1000).getLong(0)).isEqualTo(42);
        assertThat(buf.release(2)).isTrue();
    }

    private ByteBuf buffer(int capacity) {
        return kind.buffer(allocators.get(), capacity);
    }
}
