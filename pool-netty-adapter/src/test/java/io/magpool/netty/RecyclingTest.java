/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
@ParameterizedClass
@EnumSource
class RecyclingTest {

    @Parameter
    Kind kind;

    @RegisterExtension
    final OpenAllocator allocators = new OpenAllocator(64 * TestAllocators.MIB);

    @Test
    void aBufferIsFoundAgainWithItsMemory() {
        MagpoolByteBuf first = TestAllocators.root(buffer(1000));
        MemorySegment address = Kind.place(first);
        first.release();

        MagpoolByteBuf second = TestAllocators.root(buffer(1000));
        assertThat(second).isSameAs(first);
        assertThat(Kind.place(second)).isEqualTo(address);
        second.release();
    }

    @Test
    void aNewLifeBeginsWithNothingOfTheOldOne() {
        ByteBuf old = TestAllocators.root(kind.buffer(allocators.get(), 1000, 2000));
        old.writeZero(900).skipBytes(500).markReaderIndex().markWriterIndex();
        old.internalNioBuffer(100, 100).order(ByteOrder.LITTLE_ENDIAN).mark();
        old.release();

        ByteBuf buf = buffer(990);
        assertThat(TestAllocators.root(buf)).isSameAs(old);
        assertThat(buf.capacity()).isEqualTo(990);
        assertThat(buf.maxCapacity()).isEqualTo(Integer.MAX_VALUE);
        assertThat(buf.refCnt()).isOne();
        assertThat(buf.readableBytes()).isZero();
        assertThat(buf.resetReaderIndex().readerIndex()).isZero();
        assertThat(buf.resetWriterIndex().writerIndex()).isZero();
        assertThat(buf.internalNioBuffer(0, 8).order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        buf.release();
    }

    @Test
    void theCachedViewBelongsToOneBuffer() {
        ByteBuf one = buffer(1000);
        ByteBuf two = buffer(1000);
        ByteBuffer view = one.internalNioBuffer(10, 20);
        assertThat(two.internalNioBuffer(30, 40)).isNotSameAs(view);
        assertThat(view.position()).isEqualTo(10);
        assertThat(view.remaining()).isEqualTo(20);
        assertThat(one.internalNioBuffer(0, 5)).isSameAs(view);
        assertThat(one.nioBuffer(0, 5)).isNotSameAs(one.nioBuffer(0, 5));
        one.release();
        two.release();
    }

    @Test
    void largeBuffersComeAndGoLikeSmallOnes() {
        for (int size : new int[]{0, 1, 64, 65, 16_384, 1 << 20, (1 << 20) + 1, 3 << 20, 16 << 20}) {
            ByteBuf buf = buffer(size);
            assertThat(buf.capacity()).isEqualTo(size);
            buf.writeZero(size);
            if (size > 0) {
                buf.setByte(size - 1, 7);
                assertThat(buf.nioBuffer(size - 1, 1).get()).isEqualTo((byte) 7);
            }
            assertThat(buf.release()).isTrue();
        }
        assertThat(TestAllocators.acquired(allocators.get())).isZero();
    }

    @Test
    void viewsOfLargeBuffersAreOfAKindThatChannelsAccept(@TempDir Path folder) throws Exception {
        ByteBuf buf = buffer(100).writeLong(42).capacity(16 << 20);
        boolean global = kind == Kind.DIRECT && allocators.get().pool().statistics().memory().equals("linux");
        for (ByteBuffer view : List.of(buf.nioBuffer(0, 8), buf.internalNioBuffer(0, 8))) {
            assertThat(!global || MemorySegment.ofBuffer(view).scope().equals(Arena.global().scope())).isTrue();
            assertThat(view.getLong(view.position())).isEqualTo(42);
            try (AsynchronousFileChannel file = AsynchronousFileChannel.open(folder.resolve("written"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                assertThat(file.write(view, 0).get()).isEqualTo(8);
            }
        }
        assertThat(buf.release()).isTrue();
    }

    private ByteBuf buffer(int capacity) {
        return kind.buffer(allocators.get(), capacity);
    }
}
