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
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Memory that refuses a call of one kind when it is told to, and checks that what is given back was taken before. */
final class RefusingMemory extends ForwardingMemory {

    enum Call {
        RESERVE,
        COMMIT,
        DECOMMIT,
        PURGE,
        PIECE,
        RELEASE,
        RESIZE,
        POPULATE,
        LOOK, // at what is resident
        BOUND
    }

    private static final long REGION_BYTES = 4L << 20;

    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private final Map<Place, Integer> reserved = new HashMap<>(); // ranges of arrays have no addresses
    private Call refused = Call.RESERVE;
    private long after = Long.MAX_VALUE;
    private long times;
    private long refusals;
    private @Nullable Call alwaysRefused;
    private boolean byError;
    private int each; // 0 for none
    private int callsOfAll;

    private record Place(long address, long bytes) {}

    RefusingMemory(Memory real) {
        super(real);
    }

    /** Refuses calls of a kind, so many, after so many have been granted from now on. */
    synchronized void refuse(Call kind, long afterGranting, long soMany) {
        refused = kind;
        after = afterGranting;
        times = soMany;
        refusals = 0;
        alwaysRefused = null;
    }

    /** Refuses besides all calls of another kind. */
    synchronized void refuseToo(Call kind) {
        alwaysRefused = kind;
    }

    /** What is refused, is so from now on because the Java heap has no room for the call. */
    synchronized void refuseByError() {
        byError = true;
    }

    /** Refuses besides one call in so many, of whatever kind but those that build a view; 0 for none. */
    synchronized void refuseEach(int soMany) {
        each = soMany;
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
        boolean itsTurn = each != 0 && !isOfAView(kind) && ++callsOfAll % each == 0;
        if (itsTurn || kind == alwaysRefused || (kind == refused && after-- <= 0 && times-- > 0)) {
            refusals++;
            if (byError) {
                throw new OutOfMemoryError(kind.name());
            }
            throw new MemoryRefusedException(kind.name(), "the test");
        }
    }

    private static boolean isOfAView(Call kind) {
        return kind == Call.PIECE || kind == Call.BOUND;
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
            reserved.merge(new Place(range.address(), bytes), 1, Integer::sum);
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

    /** A hint: whoever is refused is not told. */
    @Override
    public void populate(long address, long bytes) {
        try {
            grant(Call.POPULATE);
        } catch (MemoryRefusedException refused) {
            return;
        }
        super.populate(address, bytes);
    }

    @Override
    public long residentBytes(long address, long bytes) {
        grant(Call.LOOK);
        return super.residentBytes(address, bytes);
    }

    @Override
    public @Nullable BitSet residentPages(long address, long bytes) {
        grant(Call.LOOK);
        return super.residentPages(address, bytes);
    }

    @Override
    public MemorySegment boundedBy(MemorySegment segment, Arena arena) {
        grant(Call.BOUND);
        return super.boundedBy(segment, arena);
    }

    @Override
    public MemorySegment piece(AddressRange range, long offset, long bytes) {
        grant(Call.PIECE);
        return super.piece(range, offset, bytes);
    }

    @Override
    public long resize(AddressRange range, long bytes, long alignment) {
        grant(Call.RESIZE);
        forget(range);
        long address = super.resize(range, bytes, alignment);
        boolean resized = address != NOT_RESIZED;
        synchronized (reserved) {
            Place now = resized ? new Place(address, bytes) : new Place(range.address(), range.bytes());
            reserved.merge(now, 1, Integer::sum);
        }
        return address;
    }

    @Override
    public void release(AddressRange range) {
        grant(Call.RELEASE);
        forget(range);
        super.release(range);
    }

    private void forget(AddressRange range) {
        synchronized (reserved) {
            Place place = new Place(range.address(), range.bytes());
            int left = reserved.getOrDefault(place, 0) - 1;
            if (left < 0) {
                throw new AssertionError("has not reserved " + range);
            }
            reserved.put(place, left);
        }
    }
}
