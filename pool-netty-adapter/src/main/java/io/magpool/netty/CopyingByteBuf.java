/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.magpool.api.PooledBuffer;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Copies many bytes at a time, and lends views of the memory.
 *
 * <p>Several threads may read one buffer at the same time, so whatever reads uses no state but its own: it copies between
 * segments, or makes a view for the occasion. Whoever writes is alone, and so is whoever calls
 * {@link #internalNioBuffer}: only there the one cached view is used.
 */
abstract class CopyingByteBuf extends MagpoolByteBuf {

    CopyingByteBuf(BufferSource source, PooledBuffer chunk, MemorySegment memory, @Nullable ByteBuffer view) {
        super(source, chunk, memory, view);
    }

    /** Where index 0 of a wrapper of this buffer lies in the memory, or -1 if the wrapper does not tell. */
    abstract int offsetOf(ByteBuf wrapper);

    /** What a copy of so many bytes reads from or writes to; {@link #placeFor} says where in it. */
    abstract MemorySegment spaceFor(int length);

    /** Where an index lies in that. */
    abstract long placeFor(int index, int length);

    /** Copies to an array, index and length being checked. */
    abstract void copyTo(int index, byte[] dst, int dstIndex, int length);

    /** Copies from an array, index and length being checked. */
    abstract void copyFrom(int index, byte[] src, int srcIndex, int length);

    /** Makes a view for one reader; index and length are checked. */
    abstract ByteBuffer newView(int index, int length);

    /** Makes the view of all the memory that {@link #internalNioBuffer} keeps. */
    abstract ByteBuffer newInternalView();

    @Override
    public final ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkTo(index, length, dstIndex, dst.capacity());
        CopyingByteBuf target = dst.isReadOnly() ? null : ofThisKindUnder(dst);
        int offset = target == null ? -1 : target.offsetOf(dst);
        if (target != null && offset >= 0) {
            copy(this, index, target, offset + dstIndex, length);
        } else if (dst.hasArray()) {
            getBytes(index, dst.array(), dst.arrayOffset() + dstIndex, length);
        } else if (dst.nioBufferCount() > 0) {
            int from = index;
            for (ByteBuffer part : dst.nioBuffers(dstIndex, length)) {
                int bytes = part.remaining();
                getBytes(from, part);
                from += bytes;
            }
        } else {
            dst.setBytes(dstIndex, this, index, length);
        }
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, byte[] dst, int dstIndex, int length) {
        checkTo(index, length, dstIndex, dst.length);
        copyTo(index, dst, dstIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuffer dst) {
        int bytes = dst.remaining();
        check(index, bytes);
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        MemorySegment.copy(spaceFor(bytes), placeFor(index, bytes), MemorySegment.ofBuffer(dst), 0, bytes);
        dst.position(dst.limit());
        return this;
    }

    @Override
    public final int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
        return length == 0 ? nothing() : out.write(nioBuffer(index, length));
    }

    @Override
    public final int getBytes(int index, FileChannel out, long position, int length) throws IOException {
        return length == 0 ? nothing() : out.write(nioBuffer(index, length), position);
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
        checkFrom(index, length, srcIndex, src.capacity());
        CopyingByteBuf source = ofThisKindUnder(src);
        int offset = source == null ? -1 : source.offsetOf(src);
        if (source != null && offset >= 0) {
            copy(source, offset + srcIndex, this, index, length);
        } else if (src.hasArray()) {
            setBytes(index, src.array(), src.arrayOffset() + srcIndex, length);
        } else if (src.nioBufferCount() > 0) {
            int to = index;
            for (ByteBuffer part : src.nioBuffers(srcIndex, length)) {
                int bytes = part.remaining();
                setBytes(to, part);
                to += bytes;
            }
        } else {
            src.getBytes(srcIndex, this, index, length);
        }
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
        checkFrom(index, length, srcIndex, src.length);
        copyFrom(index, src, srcIndex, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuffer src) {
        int bytes = src.remaining();
        check(index, bytes);
        MemorySegment.copy(MemorySegment.ofBuffer(src), 0, spaceFor(bytes), placeFor(index, bytes), bytes);
        src.position(src.limit());
        return this;
    }

    @Override
    public final int setBytes(int index, ScatteringByteChannel in, int length) throws IOException {
        try {
            return in.read(internalNioBuffer(index, length));
        } catch (ClosedChannelException endOfInput) {
            return -1;
        }
    }

    @Override
    public final int setBytes(int index, FileChannel in, long position, int length) throws IOException {
        try {
            return in.read(internalNioBuffer(index, length), position);
        } catch (ClosedChannelException endOfInput) {
            return -1;
        }
    }

    @Override
    public final ByteBuf setZero(int index, int length) {
        check(index, length);
        memory.asSlice(index, length).fill((byte) 0);
        return this;
    }

    @Override
    public final ByteBuf writeZero(int length) {
        ensureWritable(length);
        int end = writerIndex() + length;
        setZero(writerIndex(), length);
        return writerIndex(end);
    }

    @Override
    public final ByteBuf copy(int index, int length) {
        check(index, length);
        ByteBuf copy =
                isDirect() ? alloc().directBuffer(length, maxCapacity()) : alloc().heapBuffer(length, maxCapacity());
        return copy.writeBytes(this, index, length);
    }

    @Override
    public final int nioBufferCount() {
        return 1;
    }

    @Override
    public final ByteBuffer nioBuffer(int index, int length) {
        check(index, length);
        return newView(index, length);
    }

    @Override
    public final ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[]{nioBuffer(index, length)};
    }

    @Override
    public final ByteBuffer internalNioBuffer(int index, int length) {
        check(index, length);
        ByteBuffer whole = view;
        if (whole == null) {
            whole = newInternalView();
            view = whole;
        }
        return whole.order(ByteOrder.BIG_ENDIAN).clear().limit(index + length).position(index);
    }

    private static void copy(CopyingByteBuf from, int index, CopyingByteBuf to, int toIndex, int length) {
        MemorySegment.copy(from.spaceFor(length), from.placeFor(index, length), to.spaceFor(length),
                to.placeFor(toIndex, length), length);
    }

    private int nothing() {
        ensureAccessible();
        return 0;
    }

    /**
     * The pooled buffer that lies under any number of slices, duplicates and other wrappers, or null. Copying to and from
     * it directly needs no views. What shows neither address nor array would not tell where it lies anyway, and a
     * {@code ReplayingDecoder}'s buffer refuses to be unwrapped: its views know how much has arrived.
     */
    private static @Nullable CopyingByteBuf ofThisKindUnder(ByteBuf buf) {
        if (buf instanceof CopyingByteBuf own) {
            return own;
        }
        if (!buf.hasMemoryAddress() && !buf.hasArray()) {
            return null;
        }
        ByteBuf next = buf;
        while (next != null && !(next instanceof CopyingByteBuf)) {
            next = next.unwrap();
        }
        return (CopyingByteBuf) next;
    }
}
