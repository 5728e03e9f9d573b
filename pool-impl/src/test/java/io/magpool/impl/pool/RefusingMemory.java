/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Memory that refuses a call of one kind when it is told to, and checks that what is given back was taken before. */
final class RefusingMemory extends ForwardingMemory {

    enum Call {
        RESERVE,
        COMMIT,
        DECOMMIT,
        PURGE,
        PIECE,
        RELEASE
    }

    private static final long REGION_BYTES = 4L << 20;

    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private final Map<AddressRange, Integer> reserved = new HashMap<>(); // ranges of arrays are equal
    private Call refused = Call.RESERVE;
    private long after = Long.MAX_VALUE;
    private long times;
    private long refusals;

    RefusingMemory(Memory real) {
        super(real);
    }

    /** Refuses calls of a kind, so many, after so many have been granted from now on. */
    synchronized void refuse(Call kind, long afterGranting, long soMany) {
        refused = kind;
        after = afterGranting;
        times = soMany;
        refusals = 0;
    }

    synchronized long refusals() {
        return refusals;
    }

    synchronized long calls(Call kind) {
        return calls.getOrDefault(kind, 0L);
    }

    long reservedBytes() {
        synchronized (reserved) {
            return reserved.entrySet().stream().mapToLong(range -> range.getKey().bytes() * range.getValue()).sum();
        }
    }

    private synchronized void grant(Call kind) {
        calls.merge(kind, 1L, Long::sum);
        if (kind == refused && after-- <= 0 && times-- > 0) {
            refusals++;
            throw new MemoryRefusedException(kind.name(), "the test");
        }
    }

    @Override
    public long regionBytes() {
        return Math.min(REGION_BYTES, super.regionBytes());
    }

    @Override
    public AddressRange reserve(long bytes, long alignment) {
        grant(Call.RESERVE);
        AddressRange range = super.reserve(bytes, alignment);
        synchronized (reserved) {
            reserved.merge(range, 1, Integer::sum);
        }
        return range;
    }

    @Override
    public void commit(long address, long bytes) {
        grant(Call.COMMIT);
        super.commit(address, bytes);
    }

    @Override
    public void decommit(long address, long bytes) {
        grant(Call.DECOMMIT);
        super.decommit(address, bytes);
    }

    @Override
    public void purge(long address, long bytes) {
        grant(Call.PURGE);
        super.purge(address, bytes);
    }

    @Override
    public MemorySegment piece(AddressRange range, long offset, long bytes) {
        grant(Call.PIECE);
        return super.piece(range, offset, bytes);
    }

    @Override
    public void release(AddressRange range) {
        grant(Call.RELEASE);
        synchronized (reserved) {
            int left = reserved.getOrDefault(range, 0) - 1;
            if (left < 0) {
                throw new AssertionError("gives back what it does not have: " + range);
            }
            reserved.put(range, left);
        }
        super.release(range);
    }
}
