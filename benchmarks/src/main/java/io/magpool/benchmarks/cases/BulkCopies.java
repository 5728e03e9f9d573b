/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to copy many bytes between a buffer and an array, a {@code ByteBuffer}, or another buffer of the same
 * allocator? The time is that of one copy.
 *
 * <p>The {@code ByteBuffer} begins with a cache line, as pooled buffers do: one that begins in the middle of it, as the JDK
 * gives them out by chance, makes a copy of 64 bytes a third dearer.
 *
 * <p>The memory around the buffers has been written to, as in a program that has run for a while. The JIT's copies of 4 KiB and more
 * end with a load of a whole vector of which they mask what is too much: where that lies in a page that is not there yet,
 * the processor needs 140 ns to find out that nobody wants it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter and calls open()
public class BulkCopies {

    private static final int CACHE_LINE = 64;
    private static final int NEIGHBOURS = 64;

    @Param("64")
    public int size;

    private Subject subject;
    private ByteBuf buffer;
    private ByteBuf other;
    private byte[] array;
    private ByteBuffer direct;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
        List<ByteBuf> neighbours = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS; i++) {
            neighbours.add(((ByteBuf) subject.acquire(size)).writeZero(size));
        }
        buffer = neighbours.remove(NEIGHBOURS / 2);
        other = neighbours.remove(NEIGHBOURS / 4);
        neighbours.forEach(subject::release);
        array = new byte[size];
        direct = ByteBuffer.allocateDirect(size + CACHE_LINE).alignedSlice(CACHE_LINE).limit(size).slice();
    }

    @TearDown(Level.Trial)
    public void close() {
        subject.release(buffer);
        subject.release(other);
    }

    @Benchmark
    public ByteBuf getArray() {
        return buffer.getBytes(0, array);
    }

    @Benchmark
    public ByteBuf setArray() {
        return buffer.setBytes(0, array);
    }

    @Benchmark
    public ByteBuf getDirectBuffer() {
        return buffer.getBytes(0, direct.clear());
    }

    @Benchmark
    public ByteBuf setDirectBuffer() {
        return buffer.setBytes(0, direct.clear());
    }

    @Benchmark
    public ByteBuf writeArray() {
        return buffer.clear().writeBytes(array);
    }

    @Benchmark
    public ByteBuf writeByteBuf() {
        return buffer.clear().writeBytes(other, 0, size);
    }
}
