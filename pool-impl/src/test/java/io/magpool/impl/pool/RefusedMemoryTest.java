/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferNotAcquiredException;
import io.magpool.api.BufferPool;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.Platform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A system that refuses memory: the caller is told, nothing leaks, and the pool goes on. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class RefusedMemoryTest extends PoolTest {

    private static final long[] SIZES = {5000, 65_536, 600_000, MIB, 3 * MIB, 2 * MIB, 20_000};

    private RefusingMemory memory;
    private BufferPool pool;

    @BeforeEach
    void createPool() {
        create(8 * MIB);
    }

    private void create(long maxBytes) {
        PoolConfig config = variant.config().maxBytes(maxBytes).arenas(1).build();
        Platform platform = variant.platform();
        memory = new RefusingMemory(platform.memory());
        pool = new MagazinePool(config, new Platform(memory, platform.barrier(), platform.cores()));
    }

    /** Fills the pool with each size in turn, so that all calls happen; returns how many refusals it was told of. */
    private int exercise() {
        int told = 0;
        List<PooledBuffer> held = new ArrayList<>();
        for (long size : SIZES) {
            boolean full = false;
            while (!full) {
                try {
                    PooledBuffer buffer = pool.tryAcquire(size);
                    full = buffer == null;
                    if (!full) {
                        held.add(buffer);
                    }
                } catch (MemoryRefusedException refused) {
                    told++;
                }
            }
            assertAddsUp(pool, held);
            List<PooledBuffer> kept = new ArrayList<>();
            for (int i = 0; i < held.size(); i++) {
                PooledBuffer buffer = held.get(i);
                if (i % 30 == 15) {
                    kept.add(buffer);
                } else {
                    told += releaseInspiteOfRefusals(buffer);
                }
            }
            held = kept;
            assertAddsUp(pool, held);
        }
        for (PooledBuffer buffer : held) {
            told += releaseInspiteOfRefusals(buffer);
        }
        return told;
    }

    private static int releaseInspiteOfRefusals(PooledBuffer buffer) {
        for (int told = 0;; told++) {
            try {
                buffer.release();
                return told;
            } catch (MemoryRefusedException refused) {
                assertThat(buffer.size()).as("still acquired").isPositive();
            }
        }
    }

    private void refuseEachInTurn(RefusingMemory.Call kind) {
        exercise();
        long n = memory.calls(kind);
        boolean possible = !variant.isPortable()
                || kind == RefusingMemory.Call.RESERVE
                || kind == RefusingMemory.Call.COMMIT;
        assertThat(n).as("calls of %s", kind).isBetween(possible ? 1L : 0L, 300L);
        pool.close();
        for (long granted = 0; granted < n; granted++) {
            create(8 * MIB);
            memory.refuse(kind, granted, 1);
            int told = exercise();
            assertThat(memory.refusals()).as("%s number %d", kind, granted).isEqualTo(1);
            assertThat(told)
                    .as("%s number %d is told once, or something else was of help", kind, granted)
                    .isBetween(0, 1);
            assertAddsUp(pool, List.of());
            pool.close();
            assertThat(memory.reservedBytes()).as("leaked after %s number %d", kind, granted).isZero();
            assertThat(pool.statistics().chargedBytes()).isZero();
        }
    }

    @Test
    void eachReservationMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.RESERVE);
    }

    @Test
    void eachCommitMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.COMMIT);
    }

    @Test
    void eachDecommitMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.DECOMMIT);
    }

    @Test
    void eachPurgeMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.PURGE);
    }

    @Test
    void eachReleaseBeforeTheCloseMayBeRefused() {
        refuseEachInTurn(RefusingMemory.Call.RELEASE);
    }

    @Test
    void theFirstReservationIsTriedAgainSmaller() {
        org.junit.jupiter.api.Assumptions.assumeFalse(variant.isPortable(), "portable regions are small already");
        memory.refuse(RefusingMemory.Call.RESERVE, 0, 1);
        pool.acquire(100).release();
        assertThat(memory.refusals()).isEqualTo(1);
        assertThat(memory.reservedBytes()).isEqualTo(2 * MIB);
        exercise();
        assertAddsUp(pool, List.of());
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aSystemThatRefusesEverythingIsReportedEachTimeAndForgivenAfterwards() {
        memory.refuse(RefusingMemory.Call.RESERVE, 0, Long.MAX_VALUE);
        for (long size : SIZES) {
            assertThatThrownBy(() -> pool.acquire(size)).isInstanceOf(MemoryRefusedException.class);
            assertThatThrownBy(() -> pool.tryAcquire(size)).isInstanceOf(MemoryRefusedException.class);
        }
        assertThat(pool.statistics().chargedBytes()).isZero();
        assertAddsUp(pool, List.of());
        memory.refuse(RefusingMemory.Call.RESERVE, Long.MAX_VALUE, 0);
        exercise();
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aRefusedReallocationChangesNothing() {
        PooledBuffer buffer = pool.acquire(100);
        memory.refuse(RefusingMemory.Call.RESERVE, 0, Long.MAX_VALUE);
        assertThatThrownBy(() -> buffer.reallocate(3 * MIB)).isInstanceOf(MemoryRefusedException.class);
        assertThat(buffer.size()).isEqualTo(100);
        assertAddsUp(pool, List.of(buffer));
        buffer.release();
        pool.close();
    }

    @Test
    void aLargeBufferWhoseReleaseIsRefusedIsStillItsOwners() {
        PooledBuffer buffer = pool.acquire(3 * MIB);
        buffer.segment().fill((byte) 1);
        memory.refuse(RefusingMemory.Call.RELEASE, 0, 1);
        assertThatThrownBy(buffer::release).isInstanceOf(MemoryRefusedException.class);
        assertThat(pool.statistics().chargedBytes()).isEqualTo(3 * MIB);
        assertAddsUp(pool, List.of(buffer));
        buffer.segment().fill((byte) 2);
        buffer.release();
        assertThatThrownBy(buffer::release).isInstanceOf(BufferNotAcquiredException.class);
        assertThat(pool.statistics().chargedBytes()).isZero();
        pool.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void aRegionWhoseReleaseIsRefusedDoesNotKeepTheOthersFromGoing() {
        create(16 * MIB);
        List<PooledBuffer> held = new ArrayList<>();
        for (long size : new long[]{64, 1000, 5000, 70_000, 300_000, MIB}) {
            held.add(pool.acquire(size));
        }
        release(held);
        long before = memory.reservedBytes();
        memory.refuse(RefusingMemory.Call.RELEASE, 0, 1);
        assertThatThrownBy(pool::close).isInstanceOf(MemoryRefusedException.class);
        assertThat(memory.reservedBytes()).isPositive().isLessThanOrEqualTo(before / 2);
        pool.abandon();
        assertThat(memory.reservedBytes()).as("after another try").isZero();
    }
}
