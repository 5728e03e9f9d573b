/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A buffer outside the Java heap: reads and writes one number at a time, at any alignment, in both byte orders.
 *
 * <p>Index and count have been checked before it comes here, against {@link #capacity()} and as Netty's system
 * properties have it. Where native access is enabled for this module, nothing else stands between a number, or a short copy, and its
 * memory: as in Netty's own buffers with {@code Unsafe}, whoever switches Netty's checks off is on his own. Elsewhere the chunk's
 * segment checks once more against its own size. Longer copies always go through that: a large buffer's memory is not unmapped
 * while one goes on, even if somebody wrongly releases the buffer meanwhile.
 */
final class MagpoolDirectByteBuf extends CopyingByteBuf {

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LE = SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE = LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int STREAM_BYTES = 8192;
    /** Up to so many bytes a copy does without the chunk's own segment, as a number does. */
    private static final int SHORT_COPY = 4096;
    /** More than any processor has, and so little that adding an index to it is no overflow. */
    private static final long LARGEST_ADDRESS = Long.MAX_VALUE >>> 1;
    private static final long INDEX_BITS = 0xffff_ffffL;

    /** Where the memory begins. Beside the indices, since reading it from the segment would cost a further cache line. */
    private long base;

    MagpoolDirectByteBuf(BufferSource source, PooledBuffer chunk) {
        this(source, chunk, chunk.segment());
    }

    private MagpoolDirectByteBuf(BufferSource source, PooledBuffer chunk, MemorySegment whole) {
        super(source, chunk, addressable(whole), isGlobal(whole) ? null : lastingView(chunk, whole));
        this.base = memory.address();
    }

    /** A size near 2 GiB may have got a little more than an index can reach. */
    private static MemorySegment addressable(MemorySegment whole) {
        return whole.byteSize() <= Integer.MAX_VALUE ? whole : whole.asSlice(0, Integer.MAX_VALUE);
    }

    private static boolean isGlobal(MemorySegment segment) {
        return segment.scope().equals(Arena.global().scope());
    }

    /**
     * A large buffer's segment can be closed, and parts of the JDK refuse views of those. Its byte buffer is of another
     * kind, which they accept; where the chunk is too large to have one, the segment must do.
     */
    private static @Nullable ByteBuffer lastingView(PooledBuffer chunk, MemorySegment whole) {
        return whole.byteSize() <= Integer.MAX_VALUE ? chunk.byteBuffer().duplicate().clear() : null;
    }

    @Override
    void swapBase(MagpoolByteBuf other) {
        MagpoolDirectByteBuf that = (MagpoolDirectByteBuf) other;
        long itsBase = that.base;
        that.base = base;
        base = itsBase;
    }

    /** What a single number is read from or written to; {@link #at} says where in it. */
    private MemorySegment space() {
        MemorySegment all = AllMemory.SEGMENT;
        return all != null ? all : memory;
    }

    /**
     * Where an index lies in that. An address is no negative number, but the JIT does not know it and would have each access
     * test its sum with an index. The masks change nothing, and tell it; what they cost is less than the test.
     */
    private long at(int index) {
        return AllMemory.SEGMENT != null ? (base & LARGEST_ADDRESS) + (index & INDEX_BITS) : index;
    }

    /** The address tells, for a slice keeps its offset. */
    @Override
    int offsetOf(ByteBuf wrapper) {
        return (int) (wrapper.memoryAddress() - base);
    }

    @Override
    MemorySegment spaceFor(int length) {
        return length <= SHORT_COPY ? space() : memory;
    }

    @Override
    long placeFor(int index, int length) {
        return length <= SHORT_COPY ? at(index) : index;
    }

    @Override
    void copyTo(int index, byte[] dst, int dstIndex, int length) {
        MemorySegment.copy(spaceFor(length), JAVA_BYTE, placeFor(index, length), dst, dstIndex, length);
    }

    @Override
    void copyFrom(int index, byte[] src, int srcIndex, int length) {
        MemorySegment.copy(src, srcIndex, spaceFor(length), JAVA_BYTE, placeFor(index, length), length);
    }

    @Override
    ByteBuffer newView(int index, int length) {
        ByteBuffer whole = view;
        return whole == null || isGlobal(memory)
                ? memory.asSlice(index, length).asByteBuffer()
                : whole.duplicate().clear().slice(index, length);
    }

    @Override
    ByteBuffer newInternalView() {
        return memory.asByteBuffer();
    }

    @Override
    public ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkIndex(index, length);
        byte[] piece = new byte[Math.min(length, STREAM_BYTES)];
        for (int done = 0; done < length; done += piece.length) {
            int bytes = Math.min(length - done, piece.length);
            MemorySegment.copy(memory, JAVA_BYTE, (long) index + done, piece, 0, bytes);
            out.write(piece, 0, bytes);
        }
        return this;
    }

    /**
     * Reads what the stream has, as its own {@code read} does: more may follow, and waiting for it is the caller's choice.
     * A failure after the first piece is left for the next read to find, as {@link InputStream#read(byte[], int, int)}
     * does it.
     */
    @Override
    public int setBytes(int index, InputStream in, int length) throws IOException {
        checkIndex(index, length);
        byte[] piece = new byte[Math.min(length, STREAM_BYTES)];
        int done = in.read(piece, 0, piece.length);
        if (done > 0) {
            setBytes(index, piece, 0, done);
            done = done == piece.length ? done + setMore(index + done, in, length - done, piece) : done;
        }
        return done;
    }

    private int setMore(int index, InputStream in, int length, byte[] piece) {
        int done = 0;
        try {
            while (done < length && in.available() > 0) {
                int bytes = in.read(piece, 0, Math.min(length - done, piece.length));
                if (bytes <= 0) {
                    break;
                }
                setBytes(index + done, piece, 0, bytes);
                done += bytes;
            }
        } catch (IOException leftForTheNextRead) {
            return done;
        }
        return done;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    @Override
    public boolean hasMemoryAddress() {
        return true;
    }

    @Override
    public long memoryAddress() {
        ensureAccessible();
        return base;
    }

    @Override
    public boolean hasArray() {
        return false;
    }

    @Override
    public byte[] array() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    public int arrayOffset() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    protected byte _getByte(int index) {
        return space().get(JAVA_BYTE, at(index));
    }

    @Override
    protected short _getShort(int index) {
        return space().get(SHORT, at(index));
    }

    @Override
    protected short _getShortLE(int index) {
        return space().get(SHORT_LE, at(index));
    }

    @Override
    protected int _getUnsignedMedium(int index) {
        return (space().get(SHORT, at(index)) & 0xffff) << 8 | (space().get(JAVA_BYTE, at(index + 2)) & 0xff);
    }

    @Override
    protected int _getUnsignedMediumLE(int index) {
        return (space().get(SHORT_LE, at(index)) & 0xffff) | (space().get(JAVA_BYTE, at(index + 2)) & 0xff) << 16;
    }

    @Override
    protected int _getInt(int index) {
        return space().get(INT, at(index));
    }

    @Override
    protected int _getIntLE(int index) {
        return space().get(INT_LE, at(index));
    }

    @Override
    protected long _getLong(int index) {
        return space().get(LONG, at(index));
    }

    @Override
    protected long _getLongLE(int index) {
        return space().get(LONG_LE, at(index));
    }

    @Override
    protected void _setByte(int index, int value) {
        space().set(JAVA_BYTE, at(index), (byte) value);
    }

    @Override
    protected void _setShort(int index, int value) {
        space().set(SHORT, at(index), (short) value);
    }

    @Override
    protected void _setShortLE(int index, int value) {
        space().set(SHORT_LE, at(index), (short) value);
    }

    @Override
    protected void _setMedium(int index, int value) {
        space().set(SHORT, at(index), (short) (value >>> 8));
        space().set(JAVA_BYTE, at(index + 2), (byte) value);
    }

    @Override
    protected void _setMediumLE(int index, int value) {
        space().set(SHORT_LE, at(index), (short) value);
        space().set(JAVA_BYTE, at(index + 2), (byte) (value >>> 16));
    }

    @Override
    protected void _setInt(int index, int value) {
        space().set(INT, at(index), value);
    }

    @Override
    protected void _setIntLE(int index, int value) {
        space().set(INT_LE, at(index), value);
    }

    @Override
    protected void _setLong(int index, long value) {
        space().set(LONG, at(index), value);
    }

    @Override
    protected void _setLongLE(int index, long value) {
        space().set(LONG_LE, at(index), value);
    }
}
