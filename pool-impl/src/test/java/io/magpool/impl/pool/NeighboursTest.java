/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What arenas do for each other, on cores that the test chooses. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class NeighboursTest extends PoolTest {

    private static final int SIZE = 65_536; // a magazine of one round

    private final AtomicInteger core = new AtomicInteger();
    private BufferPool pool;

    @BeforeEach
    void createPool() {
        PoolConfig config = variant.config().maxBytes(16 * MIB).arenas(4).magazineBytes(SIZE).build();
        Platform platform = variant.platform();
        pool = new MagazinePool(config, new Platform(platform.memory(), platform.barrier(), core::get));
    }

    private void leaveInDepot(int ofCore, int magazines) {
        core.set(ofCore);
        List<PooledBuffer> held = new ArrayList<>();
        for (int i = 0; i < magazines; i++) {
            held.add(pool.acquire(SIZE));
        }
        release(held);
        pool.trimCurrentThread();
        assertThat(pool.statistics().cachedInDepotsBytes()).isEqualTo((long) magazines * SIZE);
    }

    @Test
    void aNeighboursSpareMagazineIsTakenBeforeASlabIsCarved() {
        leaveInDepot(0, 3);
        core.set(1);
        long carves = pool.statistics().carves();
        PooledBuffer buffer = pool.acquire(SIZE);
        assertThat(pool.statistics().steals()).isEqualTo(1);
        assertThat(pool.statistics().carves()).isEqualTo(carves);
        buffer.release();
        pool.close();
    }

    @Test
    void aNeighboursLastMagazineIsLeftToIt() {
        leaveInDepot(0, 1);
        core.set(1);
        PooledBuffer buffer = pool.acquire(SIZE);
        assertThat(pool.statistics().steals()).isZero();
        buffer.release();
        pool.close();
    }

    @Test
    void atTheLimitWhatAnyArenaHasIsFound() {
        core.set(3);
        List<PooledBuffer> held = fill(pool, SIZE);
        assertThat(held).hasSize(256);
        held.removeLast().release();
        core.set(1);
        PooledBuffer last = pool.tryAcquire(SIZE);
        assertThat(last).as("what is cached in this thread").isNotNull();
        last.release();
        pool.trimCurrentThread();
        PooledBuffer fromDepot = pool.tryAcquire(SIZE);
        assertThat(fromDepot).as("what is in a depot").isNotNull();
        core.set(2);
        assertThat(pool.tryAcquire(SIZE)).isNull();
        releaseHome(fromDepot);
        core.set(0);
        PooledBuffer fromSlab = pool.tryAcquire(SIZE);
        assertThat(fromSlab).as("what is in the slab of another arena").isNotNull();
        held.add(fromSlab);
        assertAddsUp(pool, held);
        release(held);
        pool.close();
    }

    /** Virtual threads have no cache: what they release goes to a stripe, and from there home before a refusal. */
    private static void releaseHome(PooledBuffer buffer) {
        try {
            Thread.ofVirtual().start(buffer::release).join();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void coreNumbersMayExceedTheNumberOfArenas() {
        for (int number : new int[]{0, 3, 4, 5, 1000, Integer.MAX_VALUE}) {
            core.set(number);
            pool.acquire(SIZE).release();
            pool.trimCurrentThread();
        }
        assertAddsUp(pool, List.of());
        pool.close();
    }
}
