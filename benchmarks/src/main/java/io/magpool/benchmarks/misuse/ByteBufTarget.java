/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.misuse;

import io.magpool.api.BufferPool;
import io.magpool.api.Incident;
import io.magpool.api.PoolConfig;
import io.magpool.netty.MagpoolByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Netty's direct buffers. */
final class ByteBufTarget implements Target {

    private final ByteBufAllocator allocator;
    private final Optional<BufferPool> pool;
    private final List<String> reports;

    private record Held(ByteBuf buf, long address) {}

    ByteBufTarget(ByteBufAllocator allocator) {
        this(allocator, Optional.empty(), List.of());
    }

    private ByteBufTarget(ByteBufAllocator allocator, Optional<BufferPool> pool, List<String> reports) {
        this.allocator = allocator;
        this.pool = pool;
        this.reports = reports;
    }

    static ByteBufTarget ofMagpool(PoolConfig.Builder config) {
        List<String> reports = new CopyOnWriteArrayList<>();
        MagpoolByteBufAllocator allocator = MagpoolByteBufAllocator.create(
                config.incidentListener(incident -> reports.add(words(incident))).build());
        return new ByteBufTarget(allocator, Optional.of(allocator.pool()), reports);
    }

    /** The first line, without the time, and whose stacks follow. */
    static String words(Incident incident) {
        List<String> lines = incident.text().lines().toList();
        String stacks = String.join(", ", lines.stream()
                .map(String::strip)
                .filter(line -> line.contains(" by thread "))
                .map(line -> line.substring(0, line.indexOf(" by thread ")))
                .toList());
        return lines.getFirst().replaceAll(", \\d+ ms after it was acquired", "") + " (stacks: " + stacks + ")";
    }

    @Override
    public Object acquire(int size) {
        ByteBuf buf = allocator.directBuffer(size);
        return new Held(buf, buf.memoryAddress());
    }

    @Override
    public void release(Object buffer) {
        ((Held) buffer).buf.release();
    }

    @Override
    public byte read(Object buffer, int at) {
        return ((Held) buffer).buf.getByte(at);
    }

    @Override
    public void write(Object buffer, int at, byte value) {
        ((Held) buffer).buf.setByte(at, value);
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
        pool.ifPresent(BufferPool::statistics);
    }

    @Override
    public void close() {
        pool.ifPresent(BufferPool::abandon);
    }

    @Override
    public List<String> reports() {
        return reports;
    }
}
