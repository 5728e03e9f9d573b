/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Slab;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java heap has no room for what a call to the system needs: the caller gets the error, and no chunk and no byte is lost. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class NoHeapForCallsTest extends PoolTest {

    private static final int MANY = 1000;
    private static final long[] SIZES = {64, 5000, 70_000, 300_000, MIB};

    private RefusingMemory memory;
    private MagazinePool pool;

    private void create() {
        PoolConfig config = variant.config().maxBytes(32 * MIB).arenas(1).prefault(true).build();
        Platform platform = Platform.choose(config, (int) Slab.BYTES);
        memory = new RefusingMemory(platform.memory());
        pool = new MagazinePool(config, new Platform(memory, platform.barrier(), platform.cores()));
        memory.refuseByError();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESERVE", "COMMIT", "DECOMMIT", "PURGE", "RELEASE", "POPULATE"})
    void nothingIsLost(RefusingMemory.Call kind) {
        boolean failed = true;
        for (long granted = 0; failed; granted++) {
            assertThat(granted).as("calls").isLessThan(MANY);
            create();
            memory.refuse(kind, granted, 1);
            use();
            use();
            pool.trim(TrimDepth.FULL); // what was left when another was cut short
            assertAddsUp(pool, List.of());
            assertThat(pool.statistics().chargedBytes()).as("charged after %s number %d", kind, granted).isZero();
            closeInspiteOfErrors();
            failed = memory.refusals() != 0;
            assertThat(memory.reservedBytes()).as("reserved after %s number %d", kind, granted).isZero();
        }
    }

    private void use() {
        List<PooledBuffer> held = new ArrayList<>();
        for (long size : SIZES) {
            held.add(acquireInspiteOfErrors(size));
            held.add(acquireInspiteOfErrors(size));
        }
        held.removeLast().release();
        trimInspiteOfErrors(); // survivors everywhere
        release(held);
        assertAddsUp(pool, List.of());
        trimInspiteOfErrors();
    }

    private PooledBuffer acquireInspiteOfErrors(long size) {
        try {
            return pool.acquire(size);
        } catch (OutOfMemoryError noRoom) {
            return pool.acquire(size);
        }
    }

    private void trimInspiteOfErrors() {
        try {
            pool.trim(TrimDepth.FULL);
        } catch (OutOfMemoryError noRoom) {
            assertThat(memory.refusals()).isEqualTo(1);
        }
    }

    private void closeInspiteOfErrors() {
        try {
            pool.close();
        } catch (OutOfMemoryError noRoom) {
            assertThat(pool.abandon().acquiredBuffers()).isZero();
        }
    }
}
