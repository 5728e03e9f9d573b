/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.checked.Withheld;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Slab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A pool without a thread, whose clock stands still until it is told otherwise. */
final class ClockedPool implements AutoCloseable {

    static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    final MagazinePool pool;
    final Memory memory;
    long now = 17;
    private final Set<Long> slabs = new TreeSet<>();

    ClockedPool(PoolConfig.Builder config) {
        this(config, UnaryOperator.identity());
    }

    /** With a view of the memory that was chosen. */
    ClockedPool(PoolConfig.Builder config, UnaryOperator<Memory> view) {
        PoolConfig built = config.maintenance(PoolConfig.Maintenance.MANUAL)
                .trimInterval(Duration.ofNanos(INTERVAL))
                .build();
        Platform platform = Platform.choose(built, (int) Slab.BYTES);
        this.memory = view.apply(platform.memory());
        this.pool = new MagazinePool(built, new Platform(memory, platform.barrier(), platform.cores()), () -> now,
                new Withheld(LargeBuffer.KIND, built));
    }

    /** Acquires so many bytes in buffers of one size, and writes to each page. */
    List<PooledBuffer> burst(long bytes, int size) {
        List<PooledBuffer> burst = new ArrayList<>();
        for (long sum = 0; sum < bytes; sum += size) {
            PooledBuffer buffer = pool.acquire(size);
            for (int at = 0; at < size; at += 4096) {
                buffer.byteBuffer().put(at, (byte) 1);
            }
            burst.add(buffer);
        }
        pool.arenas().forEachSlab(slab -> slabs.add(slab.address()));
        return burst;
    }

    /** Lets an interval pass and the policy do its work. */
    long tick() {
        now += INTERVAL;
        return pool.maintain().advisedBytes();
    }

    /** What is resident of all slabs that any burst used. */
    long resident() {
        return slabs.stream().mapToLong(slab -> memory.residentBytes(slab, Slab.BYTES)).sum();
    }

    @Override
    public void close() {
        pool.close();
    }
}
