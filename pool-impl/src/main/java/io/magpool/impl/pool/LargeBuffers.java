/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.SizeClasses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Maps, counts and unmaps the buffers above the largest size class. */
final class LargeBuffers {

    private static final long PAGE = 1L << Memory.PAGE_SHIFT;

    private final MagazinePool pool;
    private final Memory memory;
    private final Charge charge;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong acquires = new AtomicLong();
    private final AtomicLong releases = new AtomicLong();

    LargeBuffers(MagazinePool pool, Memory memory, Charge charge) {
        this.pool = pool;
        this.memory = memory;
        this.charge = charge;
    }

    /** Returns null if the limit leaves no room. The memory is zeros. */
    @Nullable PooledBuffer acquire(long size, long alignment) {
        long mapped = Math.max(1, Math.ceilDiv(size, PAGE)) * PAGE;
        if (!charge.tryAdd(mapped)) {
            return null;
        }
        AddressRange range = null;
        MemorySegment whole;
        try {
            range = memory.reserve(mapped, Math.max(alignment, PAGE));
            memory.commit(range.address(), mapped);
            if (memory.populates()) {
                memory.populate(range.address(), mapped);
            }
            whole = memory.piece(range, 0, mapped);
        } catch (RuntimeException | Error refused) {
            if (range != null) {
                memory.release(range);
            }
            charge.subtract(mapped);
            throw refused;
        }
        bytes.addAndGet(mapped);
        acquires.incrementAndGet();
        return new LargeBuffer(this, range, whole, size);
    }

    void release(LargeBuffer buffer) {
        long mapped = buffer.range().bytes();
        memory.release(buffer.range());
        charge.subtract(mapped);
        bytes.addAndGet(-mapped);
        releases.incrementAndGet();
        pool.afterRelease();
    }

    PooledBuffer move(PooledBuffer from, long size) {
        return pool.move(from, size);
    }

    MemorySegment boundedBy(MemorySegment whole, Arena arena) {
        return memory.boundedBy(whole, arena);
    }

    /** From here downwards a chunk of a size class is the better home. */
    long smallest() {
        return SizeClasses.MAX_BYTES;
    }

    String poolName() {
        return pool.name();
    }

    long bytes() {
        return bytes.get();
    }

    long acquires() {
        return acquires.get();
    }

    long releases() {
        return releases.get();
    }
}
