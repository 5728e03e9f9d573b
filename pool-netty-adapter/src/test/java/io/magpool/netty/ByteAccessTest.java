/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every width and every way to copy, at random places, against a {@code ByteBuffer} that has had the same done to it. */
@Tag("core")
@ParameterizedClass
@EnumSource
class ByteAccessTest {

    @Parameter
    Kind kind;

    @RegisterExtension
    final OpenAllocator allocators = new OpenAllocator(16 * TestAllocators.MIB);

    private static final int SIZE = 1000;
    private static final int STEPS = 20_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private ByteBuf buf;
    private ByteBuffer model;

    @BeforeEach
    void create() {
        System.out.println("ByteAccessTest seed: " + seed);
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        buf = buffer(SIZE).setBytes(0, bytes);
        model = ByteBuffer.wrap(bytes.clone());
    }

    @AfterEach
    void release() {
        buf.release();
    }

    @Test
    void numbersOfEachWidthInBothOrders() {
        for (int step = 0; step < STEPS; step++) {
            int at = random.nextInt(SIZE - 7);
            writeNumber(at, random.nextInt(9), random.nextLong());
            assertNumbers(random.nextInt(SIZE - 7));
        }
        assertSameContent();
    }

    @Test
    @DisabledIfSystemProperty(named = "io.netty.buffer.checkBounds", matches = "false")
    void noNumberLiesOutside() {
        List<ObjIntConsumer<ByteBuf>> reads = List.of(ByteBuf::getByte, ByteBuf::getShort, ByteBuf::getMedium,
                ByteBuf::getInt, ByteBuf::getLong, ByteBuf::getShortLE, ByteBuf::getMediumLE, ByteBuf::getIntLE,
                ByteBuf::getLongLE);
        List<ObjIntConsumer<ByteBuf>> writes = List.of((to, at) -> to.setByte(at, 1), (to, at) -> to.setShort(at, 1),
                (to, at) -> to.setMedium(at, 1), (to, at) -> to.setInt(at, 1), (to, at) -> to.setLong(at, 1),
                (to, at) -> to.setShortLE(at, 1), (to, at) -> to.setMediumLE(at, 1), (to, at) -> to.setIntLE(at, 1),
                (to, at) -> to.setLongLE(at, 1));
        List<Integer> widths = List.of(1, 2, 3, 4, 8, 2, 3, 4, 8);
        for (int capacity : new int[]{0, 1, 7, 8, 9}) {
            ByteBuf small = kind.buffer(allocators.get(), capacity);
            for (int i = 0; i < reads.size(); i++) {
                int last = capacity - widths.get(i);
                for (int at : new int[]{-1, last + 1, capacity, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    assertOutside(reads.get(i), small, at);
                    assertOutside(writes.get(i), small, at);
                }
                if (last >= 0) {
                    writes.get(i).accept(small, last);
                    reads.get(i).accept(small, last);
                }
            }
            small.release();
        }
    }

    private static void assertOutside(ObjIntConsumer<ByteBuf> access, ByteBuf buf, int at) {
        assertThatThrownBy(() -> access.accept(buf, at)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private void writeNumber(int at, int kind, long value) {
        switch (kind) {
            case 0 -> {
                buf.setByte(at, (int) value);
                model.put(at, (byte) value);
            }
            case 1 -> {
                buf.setShort(at, (int) value);
                big().putShort(at, (short) value);
            }
            case 2 -> {
                buf.setShortLE(at, (int) value);
                little().putShort(at, (short) value);
            }
            case 3 -> {
                buf.setMedium(at, (int) value);
                model.put(at, (byte) (value >> 16)).put(at + 1, (byte) (value >> 8)).put(at + 2, (byte) value);
            }
            case 4 -> {
                buf.setMediumLE(at, (int) value);
                model.put(at, (byte) value).put(at + 1, (byte) (value >> 8)).put(at + 2, (byte) (value >> 16));
            }
            case 5 -> {
                buf.setInt(at, (int) value);
                big().putInt(at, (int) value);
            }
            case 6 -> {
                buf.setIntLE(at, (int) value);
                little().putInt(at, (int) value);
            }
            case 7 -> {
                buf.setLong(at, value);
                big().putLong(at, value);
            }
            default -> {
                buf.setLongLE(at, value);
                little().putLong(at, value);
            }
        }
    }

    private void assertNumbers(int at) {
        assertThat(buf.getByte(at)).isEqualTo(model.get(at));
        assertThat(buf.getShort(at)).isEqualTo(big().getShort(at));
        assertThat(buf.getShortLE(at)).isEqualTo(little().getShort(at));
        assertThat(buf.getUnsignedMedium(at)).isEqualTo(big().getInt(at) >>> 8);
        assertThat(buf.getMedium(at)).isEqualTo(big().getInt(at) >> 8);
        assertThat(buf.getUnsignedMediumLE(at)).isEqualTo(little().getInt(at) & 0xffffff);
        assertThat(buf.getMediumLE(at)).isEqualTo(little().getInt(at) << 8 >> 8);
        assertThat(buf.getInt(at)).isEqualTo(big().getInt(at));
        assertThat(buf.getIntLE(at)).isEqualTo(little().getInt(at));
        assertThat(buf.getLong(at)).isEqualTo(big().getLong(at));
        assertThat(buf.getLongLE(at)).isEqualTo(little().getLong(at));
    }

    @Test
    void copiesWithArrays() {
        copiesWithBuffers(Unpooled::wrappedBuffer);
    }

    @Test
    void copiesWithNettysDirectBuffers() {
        copiesWithBuffers(bytes -> Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    @Test
    void copiesWithBuffersOfItsKind() {
        copiesWithBuffers(bytes -> buffer(bytes.length).writeBytes(bytes));
    }

    @Test
    void copiesWithSlicesOfItsKind() {
        copiesWithBuffers(
                bytes -> buffer(bytes.length + 20).writeZero(10).writeBytes(bytes).writeZero(10)
                        .slice(10, bytes.length).duplicate());
    }

    @Test
    void copiesWithBuffersOfTheOtherKind() {
        copiesWithBuffers(bytes -> kind.other().buffer(allocators.get(), bytes.length).writeBytes(bytes));
    }

    @Test
    void copiesFromReadOnlyViews() {
        for (int step = 0; step < STEPS / 20; step++) {
            int length = random.nextInt(SIZE);
            int from = random.nextInt(SIZE - length);
            ByteBuf other = buffer(SIZE + 3).setBytes(3, model.array());
            buf.setBytes(from, other.slice(3, SIZE).asReadOnly(), from, length);
            other.release();
        }
        assertSameContent();
    }

    @Test
    void copiesWithStreams() throws IOException {
        byte[] many = new byte[100_000];
        random.nextBytes(many);
        ByteBuf target = buffer(many.length);
        assertThat(target.setBytes(0, new ByteArrayInputStream(many), many.length)).isEqualTo(many.length);
        assertThat(target.setBytes(0, new ByteArrayInputStream(new byte[0]), 10)).isEqualTo(-1);
        assertThat(target.setBytes(0, new ByteArrayInputStream(many), 0)).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        target.getBytes(0, out, many.length);
        assertThat(out.toByteArray()).isEqualTo(many);
        target.release();
    }

    @Test
    void aStreamThatFailsLaterGivesWhatItHad() throws IOException {
        byte[] first = new byte[20_000];
        random.nextBytes(first);
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(first)) {
            @Override
            public int available() {
                return 1;
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int bytes = super.read(target, from, length);
                if (bytes < 0) {
                    throw new IOException("the disk is gone");
                }
                return bytes;
            }
        };
        ByteBuf target = buffer(30_000);
        int got = target.setBytes(0, failing, 30_000);
        assertThat(got).isBetween(1, 20_000);
        assertThat(target.nioBuffer(0, got)).isEqualTo(ByteBuffer.wrap(first, 0, got));
        target.release();
    }

    @Test
    void copiesWithFiles(@TempDir Path folder) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve("copied"), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            assertThat(buf.getBytes(10, file, 5, 500)).isEqualTo(500);
            ByteBuf target = buffer(SIZE);
            assertThat(target.setBytes(20, file, 5, 500)).isEqualTo(500);
            assertThat(target.nioBuffer(20, 500)).isEqualTo(model.slice(10, 500));
            assertThat(target.setBytes(20, file.position(5), 500)).isEqualTo(500);
            assertThat(target.nioBuffer(20, 500)).isEqualTo(model.slice(10, 500));
            target.release();
        }
    }

    @Test
    void writesAndReadsText() {
        String text = "Übergrößenträger \uD83D\uDE00 " + seed;
        ByteBuf target = buffer(8);
        int bytes = target.writeCharSequence(text, StandardCharsets.UTF_8);
        assertThat(target.readCharSequence(bytes, StandardCharsets.UTF_8)).hasToString(text);
        assertThat(target.indexOf(0, bytes, (byte) 'b')).isEqualTo(2);
        target.release();
    }

    @Test
    void aHeapBufferShowsItsArray() {
        assertThat(buf.hasArray()).isEqualTo(kind == Kind.HEAP);
        assertThat(buf.hasMemoryAddress()).isEqualTo(kind == Kind.DIRECT);
        if (kind == Kind.HEAP) {
            assertThat(buf.arrayOffset()).isZero();
            assertThatThrownBy(buf::memoryAddress)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("heap buffer");
            assertThat(Arrays.copyOf(buf.array(), SIZE)).isEqualTo(model.array());
            assertThat(buf.nioBuffer(3, 4).hasArray()).isTrue();
            assertThat(buf.slice(5, 5).arrayOffset()).isEqualTo(5);
        } else {
            assertThatThrownBy(buf::array).isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("direct buffer");
            assertThatThrownBy(buf::arrayOffset)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("direct buffer");
            assertThat(buf.nioBuffer(3, 4).isDirect()).isTrue();
        }
    }

    @Test
    void aCopyIsOfTheSameKind() {
        ByteBuf copy = buf.copy(10, 20);
        assertThat(copy.isDirect()).isEqualTo(buf.isDirect());
        assertThat(copy).isEqualTo(buf.slice(10, 20));
        copy.release();
    }

    @Test
    void copiesWithComposites() {
        copiesWithBuffers(bytes -> {
            int half = bytes.length / 2;
            return kind.composite(allocators.get())
                    .addComponent(true, buffer(half + 1).writeBytes(bytes, 0, half))
                    .addComponent(true, Unpooled.copiedBuffer(bytes, half, bytes.length - half));
        });
    }

    private interface BufferOf {
        ByteBuf bytes(byte[] content);
    }

    private void copiesWithBuffers(BufferOf kind) {
        for (int step = 0; step < STEPS / 20; step++) {
            byte[] bytes = new byte[SIZE];
            random.nextBytes(bytes);
            ByteBuf other = kind.bytes(bytes);
            int length = random.nextInt(SIZE);
            int at = random.nextInt(SIZE - length);
            int otherAt = random.nextInt(SIZE - length);

            buf.setBytes(at, other, otherAt, length);
            model.put(at, bytes, otherAt, length);
            assertSameContent();

            int from = random.nextInt(SIZE - length);
            buf.getBytes(from, other, otherAt, length);
            assertThat(ByteBuffer.wrap(contentOf(other), otherAt, length)).isEqualTo(model.slice(from, length));
            other.release();
        }
    }

    @Test
    void copiesWithinItselfWhereSourceAndTargetOverlap() {
        for (int step = 0; step < STEPS / 20; step++) {
            int length = random.nextInt(SIZE);
            int from = random.nextInt(SIZE - length);
            int to = random.nextInt(SIZE - length);
            buf.setBytes(to, buf, from, length);
            System.arraycopy(model.array(), from, model.array(), to, length);
        }
        assertSameContent();
    }

    @Test
    void copiesWithByteBuffersOfAllKinds() {
        copiesWithByteBuffers(ByteBuffer::allocate);
        copiesWithByteBuffers(ByteBuffer::allocateDirect);
        copiesWithByteBuffers(size -> ByteBuffer.allocate(size + 9).slice(9, size));
    }

    private void copiesWithByteBuffers(IntFunction<ByteBuffer> kind) {
        for (int step = 0; step < STEPS / 20; step++) {
            int length = random.nextInt(SIZE);
            int at = random.nextInt(SIZE - length);
            ByteBuffer out = kind.apply(SIZE).position(SIZE - length);
            buf.getBytes(at, out);
            assertThat(out.hasRemaining()).isFalse();
            assertThat(out.slice(SIZE - length, length)).isEqualTo(model.slice(at, length));

            int to = random.nextInt(SIZE - length);
            ByteBuffer in = out.position(SIZE - length).asReadOnlyBuffer();
            buf.setBytes(to, in);
            assertThat(in.hasRemaining()).isFalse();
            System.arraycopy(model.array(), at, model.array(), to, length);
            assertSameContent();
        }
    }

    @Test
    void zeroesWhatItIsToldTo() {
        for (int step = 0; step < 100; step++) {
            int length = random.nextInt(SIZE);
            int at = random.nextInt(SIZE - length);
            buf.setZero(at, length);
            model.put(at, new byte[length]);
        }
        assertSameContent();
        assertThat(buf.setIndex(5, 10).writeZero(7).writerIndex()).isEqualTo(17);
    }

    @Test
    void neverWritesThroughAReadOnlyView() {
        refusesToFill(ByteBuf::asReadOnly);
        refusesToFill(other -> other.slice().asReadOnly());
        assertThatThrownBy(() -> buf.getBytes(0, ByteBuffer.allocate(8).asReadOnlyBuffer()))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    private void refusesToFill(UnaryOperator<ByteBuf> view) {
        ByteBuf other = buffer(8).writeLong(42);
        assertThatThrownBy(() -> buf.getBytes(0, view.apply(other), 0, 8)).isInstanceOf(ReadOnlyBufferException.class);
        assertThat(other.getLong(0)).isEqualTo(42);
        other.release();
    }

    private ByteBuffer big() {
        return model.order(ByteOrder.BIG_ENDIAN);
    }

    private ByteBuffer little() {
        return model.order(ByteOrder.LITTLE_ENDIAN);
    }

    private void assertSameContent() {
        assertThat(contentOf(buf)).as("seed %d", seed).isEqualTo(model.array());
    }

    private static byte[] contentOf(ByteBuf buf) {
        byte[] bytes = new byte[SIZE];
        buf.getBytes(0, bytes);
        return bytes;
    }

    private ByteBuf buffer(int capacity) {
        return kind.buffer(allocators.get(), capacity);
    }
}
