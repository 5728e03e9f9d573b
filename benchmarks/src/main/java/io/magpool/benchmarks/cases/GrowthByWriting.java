/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import io.magpool.benchmarks.rows.Subject;
import io.netty.buffer.ByteBuf;
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

/**
 * What does a message cost whose length nobody knew? A buffer of 256 bytes is written to, 256 bytes at a time, until it
 * holds the message, and is released. Its capacity doubles whenever it is full, and the content moves where it must. The time
 * is that of the whole message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter and calls open()
public class GrowthByWriting {

    private static final int FIRST = 256;

    @Param("65536")
    public int size;

    private final byte[] piece = new byte[FIRST];
    private Subject subject;

    @Setup(Level.Trial)
    public void open(Measured measured) {
        subject = measured.subject();
    }

    @Setup(Level.Iteration)
    public void promote() {
        Promotion.promoteAll();
    }

    @Benchmark
    public int grow() {
        ByteBuf buffer = (ByteBuf) subject.acquire(FIRST);
        for (int written = 0; written < size; written += FIRST) {
            buffer.writeBytes(piece);
        }
        int capacity = buffer.capacity();
        subject.release(buffer);
        return capacity;
    }
}
