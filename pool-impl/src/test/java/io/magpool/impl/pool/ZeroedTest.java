/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.BufferRequest;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.Platform;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Zeros where zeros were asked for, whatever happened to the memory before; and no clearing of what is zeros (invariant 4). */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class ZeroedTest extends PoolTest {

    private static final byte DIRT = (byte) 0xAB;
    private static final long[] SIZES = {100, 1000, 5000, 16_384, 70_001, MIB, MIB + 1};

    private static PooledBuffer zeroed(BufferPool pool, long size) {
        try {
            return pool.acquire(BufferRequest.of(size).zeroed());
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void assertZeros(PooledBuffer buffer) {
        long size = buffer.size();
        long dirty = buffer.segment().asSlice(0, size).mismatch(MemorySegment.ofArray(new byte[(int) size]));
        assertThat(dirty).as("first byte of %s that is not zero", buffer).isEqualTo(-1);
    }

    private static PooledBuffer soil(PooledBuffer buffer) {
        buffer.segment().fill(DIRT);
        return buffer;
    }

    /** All that there is room for, each found to be zeros and made dirty. */
    private static List<PooledBuffer> fillWithZeroed(BufferPool pool, long size) {
        List<PooledBuffer> held = new ArrayList<>();
        try {
            while (true) {
                PooledBuffer buffer = zeroed(pool, size);
                assertZeros(buffer);
                held.add(soil(buffer));
            }
        } catch (PoolExhaustedException full) {
            return held;
        }
    }

    @Test
    void afterEachHistoryOfSizes() {
        BufferPool pool = pool(8 * MIB);
        for (long before : SIZES) {
            for (long after : SIZES) {
                release(fillWithZeroed(pool, before));
                release(fillWithZeroed(pool, after));
            }
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void afterPagesWerePurgedBesideSurvivors() {
        BufferPool pool = pool(8 * MIB);
        for (long size : new long[]{1000, 5000, 16_384, 70_001}) {
            List<PooledBuffer> survivors = new ArrayList<>();
            List<PooledBuffer> all = fillWithZeroed(pool, size);
            for (int i = 0; i < all.size(); i++) {
                if (i % 40 == 7) {
                    survivors.add(all.get(i));
                } else {
                    all.get(i).release();
                }
            }
            release(fillWithZeroed(pool, size == 16_384 ? 65_536 : 262_144)); // which purges, where memory can
            assertAddsUp(pool, survivors);
            List<PooledBuffer> again = fillWithZeroed(pool, size);
            for (PooledBuffer survivor : survivors) {
                assertThat(survivor.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo(DIRT);
                assertThat(survivor.segment().get(ValueLayout.JAVA_BYTE, survivor.capacity() - 1)).isEqualTo(DIRT);
            }
            release(again);
            release(survivors);
        }
        assertAddsUp(pool, List.of());
    }

    @Test
    void afterAnyHistory() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        BufferPool pool = pool(variant.config().maxBytes(12 * MIB).threadCacheBytes(MIB));
        List<PooledBuffer> held = new ArrayList<>();
        try {
            for (int i = 0; i < 8000; i++) {
                if (!held.isEmpty() && random.nextInt(100) < 45) {
                    held.remove(random.nextInt(held.size())).release();
                } else {
                    long size = random.nextLong(1L << random.nextInt(1, 21));
                    try {
                        boolean zeros = random.nextInt(3) != 0;
                        PooledBuffer buffer = zeros ? zeroed(pool, size) : pool.acquire(size);
                        held.add(buffer);
                        if (zeros && random.nextInt(4) != 0) {
                            assertZeros(buffer);
                        }
                        if (random.nextInt(8) != 0) { // sometimes nobody looks at the memory
                            soil(buffer);
                        }
                    } catch (PoolExhaustedException full) {
                        release(held);
                        held.clear();
                    }
                }
            }
        } catch (AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
        release(held);
    }

    @Test
    void afterTheSystemRefusedToTakeASlabBack() {
        for (RefusingMemory.Call kind : List.of(RefusingMemory.Call.DECOMMIT, RefusingMemory.Call.RELEASE)) {
            Platform platform = variant.platform();
            RefusingMemory memory = new RefusingMemory(platform.memory());
            BufferPool pool = new MagazinePool(
                    variant.config().maxBytes(8 * MIB).arenas(1).build(),
                    new Platform(memory, platform.barrier(), platform.cores()));
            release(fillWithZeroed(pool, 1000));
            memory.refuse(kind, 0, Long.MAX_VALUE);
            release(fillInspiteOfRefusals(pool, MIB)); // which tries to give the slabs of the others back
            release(fillInspiteOfRefusals(pool, 1000));
            memory.refuse(kind, Long.MAX_VALUE, 0);
            release(fillWithZeroed(pool, 1000));
            release(fillWithZeroed(pool, MIB));
            assertAddsUp(pool, List.of());
            pool.close();
            assertThat(memory.reservedBytes()).isZero();
        }
    }

    private static List<PooledBuffer> fillInspiteOfRefusals(BufferPool pool, long size) {
        List<PooledBuffer> held = new ArrayList<>();
        try {
            while (true) {
                PooledBuffer buffer = zeroed(pool, size);
                assertZeros(buffer);
                held.add(soil(buffer));
            }
        } catch (MemoryRefusedException | PoolExhaustedException full) {
            return held;
        }
    }

    @Test
    void anArrayThatCannotBeHadIsReportedAndNothingLeaks() {
        org.junit.jupiter.api.Assumptions.assumeTrue(variant.isHeap());
        Platform platform = variant.platform();
        RefusingMemory memory = new RefusingMemory(platform.memory());
        BufferPool pool = new MagazinePool(
                variant.config().maxBytes(8 * MIB).build(),
                new Platform(memory, platform.barrier(), platform.cores()));
        pool.acquire(1000).release(); // its handle is known, its array is not
        memory.refuse(RefusingMemory.Call.PIECE, 0, 1);
        assertThatThrownBy(() -> zeroed(pool, 1000)).isInstanceOf(MemoryRefusedException.class);
        assertAddsUp(pool, List.of());
        memory.refuse(RefusingMemory.Call.PIECE, 0, 1);
        PooledBuffer buffer = pool.acquire(1000);
        assertThatThrownBy(buffer::segment).isInstanceOf(MemoryRefusedException.class);
        assertAddsUp(pool, List.of(buffer));
        assertThat(buffer.segment().byteSize()).as("at the second try").isEqualTo(1024);
        buffer.release();
        pool.close();
    }

    /**
     * Memory that gives no zeros: whoever relies on them finds dirt, so whoever finds dirt in a zeroed buffer knows that the
     * pool has relied on them.
     */
    private static final class DirtyMemory extends ForwardingMemory {

        private final List<AddressRange> ranges = new ArrayList<>();

        DirtyMemory(Memory real) {
            super(real);
        }

        @Override
        public AddressRange reserve(long bytes, long alignment) {
            AddressRange range = super.reserve(bytes, alignment);
            ranges.add(range);
            return range;
        }

        @Override
        public void commit(long address, long bytes) {
            super.commit(address, bytes);
            soil(address, bytes);
        }

        @Override
        public void purge(long address, long bytes) {
            super.purge(address, bytes);
            soil(address, bytes);
        }

        private void soil(long address, long bytes) {
            for (AddressRange range : ranges) {
                long offset = address - range.address();
                if (offset >= 0 && offset < range.segment().byteSize()) {
                    range.segment().asSlice(offset, bytes).fill(DIRT);
                }
            }
        }

        @Override
        public MemorySegment piece(AddressRange range, long offset, long bytes) {
            MemorySegment piece = super.piece(range, offset, bytes);
            return piece.isNative() ? piece : piece.fill(DIRT);
        }
    }

    private BufferPool poolOfDirtyMemory() {
        Platform platform = variant.platform();
        return new MagazinePool(
                variant.config().maxBytes(8 * MIB).arenas(1).build(),
                new Platform(new DirtyMemory(platform.memory()), platform.barrier(), platform.cores()));
    }

    @Test
    void whatComesFreshFromTheSystemIsNotClearedAgain() {
        BufferPool pool = poolOfDirtyMemory();
        for (long size : new long[]{100, 5000, 70_001, MIB}) {
            PooledBuffer fresh = zeroed(pool, size);
            assertThat(fresh.segment().get(ValueLayout.JAVA_BYTE, size - 1)).as("not cleared").isEqualTo(DIRT);
            fresh.release();
            PooledBuffer used = zeroed(pool, size);
            assertThat(used).isSameAs(fresh);
            assertZeros(used);
            used.release();
        }
        pool.close();
    }

    @Test
    void whatWasPurgedIsNotClearedAgain() {
        org.junit.jupiter.api.Assumptions.assumeFalse(variant.isPortable(), "needs memory that can purge");
        BufferPool pool = poolOfDirtyMemory();
        List<PooledBuffer> all = fill(pool, 16_384);
        List<PooledBuffer> survivors = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i % 64 == 0) {
                survivors.add(all.get(i));
            } else {
                all.get(i).release();
            }
        }
        release(fill(pool, 262_144)); // at the limit: purges the runs between the survivors
        pool.trimCurrentThread();
        int uncleared = 0;
        List<PooledBuffer> again = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            PooledBuffer buffer = zeroed(pool, 16_384);
            uncleared += buffer.segment().get(ValueLayout.JAVA_BYTE, 0) == DIRT ? 1 : 0;
            again.add(buffer);
        }
        assertThat(uncleared).as("buffers that were not cleared").isGreaterThan(100);
        release(again);
        release(survivors);
        pool.close();
    }
}
