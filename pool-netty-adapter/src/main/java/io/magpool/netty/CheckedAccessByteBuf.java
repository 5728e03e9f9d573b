/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.buffer.ByteBuf;

/**
 * Checks index and count before each access, in as few steps as it takes while nothing is wrong. Netty's base class compares an
 * index three times for each number. One unsigned comparison with the last index that is possible says the same, and whatever
 * else there is to ask is the same for all indices, so that the JIT asks it once before a loop.
 *
 * <p>If something is wrong, Netty's own check is asked: it throws its own exceptions, or lets the access pass, as its system
 * properties tell it.
 */
abstract class CheckedAccessByteBuf extends CountedByteBuf {

    private static final int MEDIUM_BYTES = 3;

    /** How much of the memory the user sees, in bytes: the capacity. */
    int length;

    /** Checks that so many bytes follow an index, and that somebody owns the buffer. */
    final void check(int index, int bytes) {
        if (isGone() || isOutside(index, bytes, length)) {
            checkIndex(index, bytes);
        }
    }

    /** The same, and that the source of a copy has as many. */
    final void checkFrom(int index, int bytes, int srcIndex, int srcCapacity) {
        if (isGone() || isOutside(index, bytes, length) || isOutside(srcIndex, bytes, srcCapacity)) {
            checkSrcIndex(index, bytes, srcIndex, srcCapacity);
        }
    }

    /** The same of a copy's target. */
    final void checkTo(int index, int bytes, int dstIndex, int dstCapacity) {
        if (isGone() || isOutside(index, bytes, length) || isOutside(dstIndex, bytes, dstCapacity)) {
            checkDstIndex(index, bytes, dstIndex, dstCapacity);
        }
    }

    private boolean isGone() {
        return refCnt() == 0;
    }

    private static boolean isOutside(int index, int bytes, int capacity) {
        int last = capacity - bytes;
        return bytes < 0 || last < 0 || Integer.compareUnsigned(index, last) > 0;
    }

    @Override
    public final byte getByte(int index) {
        check(index, Byte.BYTES);
        return _getByte(index);
    }

    @Override
    public final short getShort(int index) {
        check(index, Short.BYTES);
        return _getShort(index);
    }

    @Override
    public final short getShortLE(int index) {
        check(index, Short.BYTES);
        return _getShortLE(index);
    }

    @Override
    public final int getUnsignedMedium(int index) {
        check(index, MEDIUM_BYTES);
        return _getUnsignedMedium(index);
    }

    @Override
    public final int getUnsignedMediumLE(int index) {
        check(index, MEDIUM_BYTES);
        return _getUnsignedMediumLE(index);
    }

    @Override
    public final int getInt(int index) {
        check(index, Integer.BYTES);
        return _getInt(index);
    }

    @Override
    public final int getIntLE(int index) {
        check(index, Integer.BYTES);
        return _getIntLE(index);
    }

    @Override
    public final long getLong(int index) {
        check(index, Long.BYTES);
        return _getLong(index);
    }

    @Override
    public final long getLongLE(int index) {
        check(index, Long.BYTES);
        return _getLongLE(index);
    }

    @Override
    public final ByteBuf setByte(int index, int value) {
        check(index, Byte.BYTES);
        _setByte(index, value);
        return this;
    }

    @Override
    public final ByteBuf setShort(int index, int value) {
        check(index, Short.BYTES);
        _setShort(index, value);
        return this;
    }

    @Override
    public final ByteBuf setShortLE(int index, int value) {
        check(index, Short.BYTES);
        _setShortLE(index, value);
        return this;
    }

    @Override
    public final ByteBuf setMedium(int index, int value) {
        check(index, MEDIUM_BYTES);
        _setMedium(index, value);
        return this;
    }

    @Override
    public final ByteBuf setMediumLE(int index, int value) {
        check(index, MEDIUM_BYTES);
        _setMediumLE(index, value);
        return this;
    }

    @Override
    public final ByteBuf setInt(int index, int value) {
        check(index, Integer.BYTES);
        _setInt(index, value);
        return this;
    }

    @Override
    public final ByteBuf setIntLE(int index, int value) {
        check(index, Integer.BYTES);
        _setIntLE(index, value);
        return this;
    }

    @Override
    public final ByteBuf setLong(int index, long value) {
        check(index, Long.BYTES);
        _setLong(index, value);
        return this;
    }

    @Override
    public final ByteBuf setLongLE(int index, long value) {
        check(index, Long.BYTES);
        _setLongLE(index, value);
        return this;
    }
}
