/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.api.MemoryRefusedException;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Memory that refuses a call of one kind when it is told to, and checks that what is given back was taken before. */
final class RefusingMemory implements Memory {

    enum Call {
        RESERVE,
        COMMIT,
        DECOMMIT,
        PURGE,
        RELEASE
    }

    private static final long REGION_BYTES = 4L << 20;

    private final Memory real;
    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private final Map<AddressRange, Integer> reserved = new ConcurrentHashMap<>(); // arrays have no address: equal ranges
    private Call refused = Call.RESERVE;
    private long after = Long.MAX_VALUE;
    private long times;
    private long refusals;

    RefusingMemory(Memory real) {
        this.real = real;
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
        return reserved.entrySet().stream().mapToLong(range -> range.getKey().bytes() * range.getValue()).sum();
    }

    private synchronized void grant(Call kind) {
        calls.merge(kind, 1L, Long::sum);
        if (kind == refused && after-- <= 0 && times-- > 0) {
            refusals++;
            throw new MemoryRefusedException(kind.name(), "the test");
        }
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public int grainBytes(int chunkBytes) {
        return real.grainBytes(chunkBytes);
    }

    @Override
    public long slabAlignment() {
        return real.slabAlignment();
    }

    @Override
    public boolean canPurge() {
        return real.canPurge();
    }

    @Override
    public long regionBytes() {
        return Math.min(REGION_BYTES, real.regionBytes());
    }

    @Override
    public AddressRange reserve(long bytes, long alignment) {
        grant(Call.RESERVE);
        AddressRange range = real.reserve(bytes, alignment);
        reserved.merge(range, 1, Integer::sum);
        return range;
    }

    @Override
    public void commit(long address, long bytes) {
        grant(Call.COMMIT);
        real.commit(address, bytes);
    }

    @Override
    public void decommit(long address, long bytes) {
        grant(Call.DECOMMIT);
        real.decommit(address, bytes);
    }

    @Override
    public void purge(long address, long bytes) {
        grant(Call.PURGE);
        real.purge(address, bytes);
    }

    @Override
    public MemorySegment boundedBy(MemorySegment segment, Arena arena) {
        return real.boundedBy(segment, arena);
    }

    @Override
    public MemorySegment piece(AddressRange range, long offset, long bytes) {
        return real.piece(range, offset, bytes);
    }

    @Override
    public void release(AddressRange range) {
        grant(Call.RELEASE);
        if (reserved.computeIfPresent(range, (same, times) -> times - 1) == null) {
            throw new AssertionError("gives back what it does not have: " + range);
        }
        reserved.remove(range, 0);
        real.release(range);
    }
}
