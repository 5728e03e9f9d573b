/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Magpool's own face: handles, and the segments that their users keep. */
final class PoolTarget implements Target {

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final BufferPool pool;

    private record Held(PooledBuffer buffer, MemorySegment segment, long address) {}

    PoolTarget(PoolConfig.Builder config) {
        pool = BufferPool.create(
                config.incidentListener(incident -> reports.add(ByteBufTarget.words(incident))).build());
    }

    @Override
    public Object acquire(int size) {
        PooledBuffer buffer = pool.acquire(size);
        return new Held(buffer, buffer.segment(), buffer.address());
    }

    @Override
    public void release(Object buffer) {
        ((Held) buffer).buffer.release();
    }

    @Override
    public byte read(Object buffer, int at) {
        return ((Held) buffer).segment.get(ValueLayout.JAVA_BYTE, at);
    }

    @Override
    public void write(Object buffer, int at, byte value) {
        ((Held) buffer).segment.set(ValueLayout.JAVA_BYTE, at, value);
    }

    @Override
    public long address(Object buffer) {
        return ((Held) buffer).address;
    }

    @Override
    public boolean hasFace() {
        return true;
    }

    @Override
    public void lookAround() {
        pool.statistics();
    }

    @Override
    public void close() {
        pool.abandon();
    }

    @Override
    public List<String> reports() {
        return reports;
    }
}
