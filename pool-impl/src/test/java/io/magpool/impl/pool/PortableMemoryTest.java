/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.impl.Eventually;
import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;
import io.magpool.impl.memory.Platform;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory that the JVM frees when nothing refers to it any more: nothing of a pool may, once it was given back. */
class PortableMemoryTest {

    private static final long MIB = 1L << 20;

    private final List<WeakReference<Object>> reserved = new ArrayList<>();
    private long outstanding;
    private long mostReserved = Long.MAX_VALUE;
    private final MagazinePool pool = create();

    /** Notes what all segments of a range have in common. */
    private final class Noting extends ForwardingMemory {

        Noting(Memory real) {
            super(real);
        }

        @Override
        public AddressRange reserve(long bytes, long alignment) {
            if (outstanding + bytes > mostReserved) {
                throw new MemoryRefusedException("allocation of " + bytes + " bytes", "the test");
            }
            AddressRange range = super.reserve(bytes, alignment);
            outstanding += bytes;
            reserved.add(new WeakReference<>(range.segment().scope()));
            return range;
        }

        @Override
        public void release(AddressRange range) {
            super.release(range);
            outstanding -= range.bytes();
        }
    }

    private MagazinePool create() {
        Platform platform = Variant.PORTABLE_ASYMMETRIC.platform();
        return new MagazinePool(
                Variant.PORTABLE_ASYMMETRIC.config().maxBytes(64 * MIB).build(),
                new Platform(new Noting(platform.memory()), platform.barrier(), platform.cores()));
    }

    private void use() {
        use(pool);
    }

    private static void use(BufferPool pool) {
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            held.add(pool.acquire(64 << 10));
            held.getLast().byteBuffer().put(0, (byte) 1);
        }
        held.add(pool.acquire(2 * MIB));
        PoolTest.release(held);
    }

    private void assertFreed() throws Exception {
        assertFreedButFor(0);
    }

    private void assertFreedButFor(int held) throws Exception {
        assertThat(reserved).hasSizeGreaterThan(3);
        Eventually.passes(() -> {
            System.gc();
            assertThat(reserved.stream().filter(range -> !range.refersTo(null))).as("ranges that are not freed")
                    .hasSize(held);
        });
    }

    @Test
    void aFullTrimLetsTheJvmFreeAll() throws Exception {
        use();
        pool.trim(TrimDepth.FULL);
        assertThat(pool.statistics().reservedBytes()).isZero();
        assertFreed();
        use();
        pool.close();
    }

    @Test
    void whatHoldsABufferIsNotFreed() throws Exception {
        use();
        trimWhileOneIsHeld();
        pool.trim(TrimDepth.FULL);
        assertFreed();
        pool.close();
    }

    private void trimWhileOneIsHeld() throws Exception { // the handle of a released buffer keeps its memory, too
        PooledBuffer held = pool.acquire(64 << 10);
        pool.trim(TrimDepth.FULL);
        assertFreedButFor(1);
        held.byteBuffer().put(0, (byte) 1);
        held.release();
    }

    /** Its frames come to its parent, which lets go of them. */
    @Test
    void aClosedChildKeepsNone() throws Exception {
        BufferPool child = pool.child("child", ChildLimits.atMost(32 * MIB));
        use(child);
        child.close();
        pool.trim(TrimDepth.FULL);
        assertFreed();
        assertThat(child.statistics().chargedBytes()).isZero();
        pool.close();
    }

    /** What went back from slabs, and is only kept in case that they want it again, is no reason to refuse. */
    @Test
    void aLargeBufferIsGivenWhatSlabsKeepInSpare() {
        use();
        pool.trim(TrimDepth.GENTLE);
        pool.trim(TrimDepth.GENTLE);
        assertThat(pool.statistics().reservedBytes()).as("in spare").isPositive();
        assertThat(pool.charge().charged()).isZero();
        mostReserved = 16 * MIB;
        PooledBuffer large = pool.acquire(16 * MIB);
        assertThat(pool.statistics().reservedBytes()).isEqualTo(16 * MIB);
        large.release();
        pool.close();
    }

    @Test
    void aClosedPoolThatSomebodyStillHasKeepsNone() throws Exception {
        use();
        pool.close();
        assertFreed();
        assertThat(pool.statistics().chargedBytes()).isZero();
    }
}
