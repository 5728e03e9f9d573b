/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
abstract class CopyingByteBuf extends SegmentByteBuf {

    private static final int STREAM_BYTES = 8192;

    /** What views are made of: the memory itself, or where the memory can be closed a twin of it that cannot. */
    MemorySegment viewable;

    /** The view behind {@link #internalNioBuffer}, of all the memory; built when it is first asked for. */
    @Nullable ByteBuffer view;

    CopyingByteBuf(MemorySegment memory, MemorySegment viewable) {
        super(memory);
        this.viewable = viewable;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkDstIndex(index, length, dstIndex, dst.capacity());
        SegmentByteBuf target = segmentUnder(dst);
        if (target != null && !dst.isReadOnly()) {
            MemorySegment.copy(memory, index, target.memory, target.offsetOf(dst) + dstIndex, length);
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
        checkDstIndex(index, length, dstIndex, dst.length);
        MemorySegment.copy(memory, JAVA_BYTE, index, dst, dstIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuffer dst) {
        int bytes = dst.remaining();
        checkIndex(index, bytes);
        if (dst.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        MemorySegment.copy(memory, index, MemorySegment.ofBuffer(dst), 0, bytes);
        dst.position(dst.limit());
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkIndex(index, length);
        byte[] piece = new byte[Math.min(length, STREAM_BYTES)];
        for (int done = 0; done < length; done += piece.length) {
            int bytes = Math.min(length - done, piece.length);
            MemorySegment.copy(memory, JAVA_BYTE, index + done, piece, 0, bytes);
            out.write(piece, 0, bytes);
        }
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
        checkSrcIndex(index, length, srcIndex, src.capacity());
        SegmentByteBuf source = segmentUnder(src);
        if (source != null) {
            MemorySegment.copy(source.memory, source.offsetOf(src) + srcIndex, memory, index, length);
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
        checkSrcIndex(index, length, srcIndex, src.length);
        MemorySegment.copy(src, srcIndex, memory, JAVA_BYTE, index, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuffer src) {
        int bytes = src.remaining();
        checkIndex(index, bytes);
        MemorySegment.copy(MemorySegment.ofBuffer(src), 0, memory, index, bytes);
        src.position(src.limit());
        return this;
    }

    /** Reads once, as the stream's own {@code read} does: more may follow, and waiting for it is the caller's choice. */
    @Override
    public final int setBytes(int index, InputStream in, int length) throws IOException {
        checkIndex(index, length);
        byte[] piece = new byte[length];
        int bytes = in.read(piece, 0, length);
        if (bytes > 0) {
            setBytes(index, piece, 0, bytes);
        }
        return bytes;
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
        checkIndex(index, length);
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
        checkIndex(index, length);
        return alloc().directBuffer(length, maxCapacity()).writeBytes(this, index, length);
    }

    @Override
    public final int nioBufferCount() {
        return 1;
    }

    @Override
    public final ByteBuffer nioBuffer(int index, int length) {
        checkIndex(index, length);
        return viewable.asSlice(index, length).asByteBuffer();
    }

    @Override
    public final ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[]{nioBuffer(index, length)};
    }

    @Override
    public final ByteBuffer internalNioBuffer(int index, int length) {
        checkIndex(index, length);
        ByteBuffer whole = view;
        if (whole == null) {
            whole = viewable.asByteBuffer();
            view = whole;
        }
        return whole.order(ByteOrder.BIG_ENDIAN).clear().limit(index + length).position(index);
    }

    private int nothing() {
        ensureAccessible();
        return 0;
    }

    /**
     * The buffer of this kind that lies under any number of slices, duplicates and other wrappers, or null. Copying to
     * and from it directly needs no views.
     */
    private static @Nullable SegmentByteBuf segmentUnder(ByteBuf buf) {
        ByteBuf next = buf;
        while (next != null && !(next instanceof SegmentByteBuf)) {
            next = next.unwrap();
        }
        return (SegmentByteBuf) next;
    }
}
