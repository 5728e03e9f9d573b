/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A {@code ByteBuf} over a memory segment: reads and writes one number at a time, at any alignment, in both byte orders.
 *
 * <p>Netty's base class has checked index and count before it comes here, against {@link #capacity()} and as its system
 * properties tell it. Where native access is enabled for this module, nothing else stands between a number and its memory: as
 * in Netty's own buffers with {@code Unsafe}, whoever switches Netty's checks off is on his own. Elsewhere the chunk's segment
 * checks once more against its own size.
 */
abstract class SegmentByteBuf extends CountedByteBuf {

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LE = SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_LE = LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** All memory there is, at most {@code Integer.MAX_VALUE} bytes; changes when the buffer moves. */
    MemorySegment memory;

    /** Where the memory begins. Beside the indices, since reading it from the segment would cost a further cache line. */
    long base;

    /** How much of the memory the user sees, in bytes: the capacity. */
    int length;

    SegmentByteBuf(MemorySegment memory) {
        this.memory = memory;
        this.base = memory.address();
    }

    /** What a single number is read from or written to; {@link #at} says where in it. */
    private MemorySegment space() {
        MemorySegment all = AllMemory.SEGMENT;
        return all != null ? all : memory;
    }

    private long at(long index) {
        return AllMemory.SEGMENT != null ? base + index : index;
    }

    /** How far the capacity can grow in place, in bytes. */
    final int room() {
        return (int) memory.byteSize();
    }

    /** Where index 0 of a wrapper of this buffer lies in the memory. The address tells, for a slice keeps its offset. */
    final long offsetOf(ByteBuf wrapper) {
        return wrapper.memoryAddress() - base;
    }

    @Override
    public final int capacity() {
        return length;
    }

    @Override
    public final int maxFastWritableBytes() {
        return Math.min(room(), maxCapacity()) - writerIndex();
    }

    @Override
    @SuppressWarnings("deprecation") // by Netty, which still asks for it
    public final ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public final boolean isDirect() {
        return true;
    }

    @Override
    public final boolean isContiguous() {
        return true;
    }

    @Override
    public final boolean hasMemoryAddress() {
        return true;
    }

    @Override
    public final long memoryAddress() {
        ensureAccessible();
        return base;
    }

    @Override
    public final boolean hasArray() {
        return false;
    }

    @Override
    public final byte[] array() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    public final int arrayOffset() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    protected final byte _getByte(int index) {
        return space().get(JAVA_BYTE, at(index));
    }

    @Override
    protected final short _getShort(int index) {
        return space().get(SHORT, at(index));
    }

    @Override
    protected final short _getShortLE(int index) {
        return space().get(SHORT_LE, at(index));
    }

    @Override
    protected final int _getUnsignedMedium(int index) {
        return (space().get(SHORT, at(index)) & 0xffff) << 8 | (space().get(JAVA_BYTE, at(index + 2L)) & 0xff);
    }

    @Override
    protected final int _getUnsignedMediumLE(int index) {
        return (space().get(SHORT_LE, at(index)) & 0xffff) | (space().get(JAVA_BYTE, at(index + 2L)) & 0xff) << 16;
    }

    @Override
    protected final int _getInt(int index) {
        return space().get(INT, at(index));
    }

    @Override
    protected final int _getIntLE(int index) {
        return space().get(INT_LE, at(index));
    }

    @Override
    protected final long _getLong(int index) {
        return space().get(LONG, at(index));
    }

    @Override
    protected final long _getLongLE(int index) {
        return space().get(LONG_LE, at(index));
    }

    @Override
    protected final void _setByte(int index, int value) {
        space().set(JAVA_BYTE, at(index), (byte) value);
    }

    @Override
    protected final void _setShort(int index, int value) {
        space().set(SHORT, at(index), (short) value);
    }

    @Override
    protected final void _setShortLE(int index, int value) {
        space().set(SHORT_LE, at(index), (short) value);
    }

    @Override
    protected final void _setMedium(int index, int value) {
        space().set(SHORT, at(index), (short) (value >>> 8));
        space().set(JAVA_BYTE, at(index + 2L), (byte) value);
    }

    @Override
    protected final void _setMediumLE(int index, int value) {
        space().set(SHORT_LE, at(index), (short) value);
        space().set(JAVA_BYTE, at(index + 2L), (byte) (value >>> 16));
    }

    @Override
    protected final void _setInt(int index, int value) {
        space().set(INT, at(index), value);
    }

    @Override
    protected final void _setIntLE(int index, int value) {
        space().set(INT_LE, at(index), value);
    }

    @Override
    protected final void _setLong(int index, long value) {
        space().set(LONG, at(index), value);
    }

    @Override
    protected final void _setLongLE(int index, long value) {
        space().set(LONG_LE, at(index), value);
    }
}
