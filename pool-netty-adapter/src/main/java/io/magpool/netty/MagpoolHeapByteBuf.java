/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A buffer on a Java array: reads and writes one number at a time, at any alignment, in both byte orders.
 *
 * <p>The array is the chunk's and begins with the buffer; it is longer than the capacity where the chunk is. Each access
 * is checked against it by the JVM, whatever Netty's system properties say.
 */
final class MagpoolHeapByteBuf extends CopyingByteBuf {

    private static final VarHandle SHORT = viewOf(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LE = viewOf(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = viewOf(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = viewOf(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = viewOf(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE = viewOf(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] array;

    MagpoolHeapByteBuf(BufferSource source, PooledBuffer chunk) {
        this(source, chunk, chunk.array());
    }

    MagpoolHeapByteBuf(BufferSource source, PooledBuffer chunk, byte[] array) {
        super(source, chunk, MemorySegment.ofArray(array), null);
        this.array = array;
    }

    private static VarHandle viewOf(Class<?> arrayOfNumbers, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(arrayOfNumbers, order).withInvokeExactBehavior();
    }

    @Override
    void swapBase(MagpoolByteBuf other) {
        MagpoolHeapByteBuf that = (MagpoolHeapByteBuf) other;
        byte[] itsArray = that.array;
        that.array = array;
        array = itsArray;
    }

    /** A read-only wrapper hides the array and its offset with it. The offset is told of a released buffer too. */
    @Override
    int offsetOf(ByteBuf wrapper) {
        if (!wrapper.hasArray()) {
            return -1;
        }
        ensureAccessible();
        return wrapper.arrayOffset();
    }

    @Override
    MemorySegment spaceFor(int length) {
        return memory;
    }

    @Override
    long placeFor(int index, int length) {
        return index;
    }

    @Override
    void copyTo(int index, byte[] dst, int dstIndex, int length) {
        System.arraycopy(array, index, dst, dstIndex, length);
    }

    @Override
    void copyFrom(int index, byte[] src, int srcIndex, int length) {
        System.arraycopy(src, srcIndex, array, index, length);
    }

    @Override
    ByteBuffer newView(int index, int length) {
        return ByteBuffer.wrap(array, index, length).slice();
    }

    @Override
    ByteBuffer newInternalView() {
        return ByteBuffer.wrap(array);
    }

    @Override
    public ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkIndex(index, length);
        out.write(array, index, length);
        return this;
    }

    @Override
    public int setBytes(int index, InputStream in, int length) throws IOException {
        checkIndex(index, length);
        return in.read(array, index, length);
    }

    @Override
    public boolean isDirect() {
        return false;
    }

    @Override
    public boolean hasMemoryAddress() {
        return false;
    }

    @Override
    public long memoryAddress() {
        ensureAccessible();
        throw new UnsupportedOperationException("heap buffer");
    }

    @Override
    public boolean hasArray() {
        return true;
    }

    @Override
    public byte[] array() {
        ensureAccessible();
        return array;
    }

    @Override
    public int arrayOffset() {
        return 0;
    }

    @Override
    protected byte _getByte(int index) {
        return array[index];
    }

    @Override
    protected short _getShort(int index) {
        return (short) SHORT.get(array, index);
    }

    @Override
    protected short _getShortLE(int index) {
        return (short) SHORT_LE.get(array, index);
    }

    @Override
    protected int _getUnsignedMedium(int index) {
        return ((short) SHORT.get(array, index) & 0xffff) << 8 | (array[index + 2] & 0xff);
    }

    @Override
    protected int _getUnsignedMediumLE(int index) {
        return ((short) SHORT_LE.get(array, index) & 0xffff) | (array[index + 2] & 0xff) << 16;
    }

    @Override
    protected int _getInt(int index) {
        return (int) INT.get(array, index);
    }

    @Override
    protected int _getIntLE(int index) {
        return (int) INT_LE.get(array, index);
    }

    @Override
    protected long _getLong(int index) {
        return (long) LONG.get(array, index);
    }

    @Override
    protected long _getLongLE(int index) {
        return (long) LONG_LE.get(array, index);
    }

    @Override
    protected void _setByte(int index, int value) {
        array[index] = (byte) value;
    }

    @Override
    protected void _setShort(int index, int value) {
        SHORT.set(array, index, (short) value);
    }

    @Override
    protected void _setShortLE(int index, int value) {
        SHORT_LE.set(array, index, (short) value);
    }

    @Override
    protected void _setMedium(int index, int value) {
        SHORT.set(array, index, (short) (value >>> 8));
        array[index + 2] = (byte) value;
    }

    @Override
    protected void _setMediumLE(int index, int value) {
        SHORT_LE.set(array, index, (short) value);
        array[index + 2] = (byte) (value >>> 16);
    }

    @Override
    protected void _setInt(int index, int value) {
        INT.set(array, index, value);
    }

    @Override
    protected void _setIntLE(int index, int value) {
        INT_LE.set(array, index, value);
    }

    @Override
    protected void _setLong(int index, long value) {
        LONG.set(array, index, value);
    }

    @Override
    protected void _setLongLE(int index, long value) {
        LONG_LE.set(array, index, value);
    }
}
