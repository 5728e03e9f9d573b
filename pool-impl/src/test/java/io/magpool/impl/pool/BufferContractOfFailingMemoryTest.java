/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.BufferPool;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.impl.memory.Platform;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a buffer is to its owner where the system refuses each fourth call, of all kinds: the same. An acquire is told at most, and
 * tried again; a buffer that one has keeps its promises; and nothing is left over in the end.
 */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class BufferContractOfFailingMemoryTest extends BufferContractTest {

    private static final int MOST_TRIES = 4;

    private RefusingMemory memory;
    private MagazinePool failing;

    @BeforeEach
    void assumeItIsPossible() {
        variant.assumePossible();
    }

    @Override
    BufferPool createdPool() {
        PoolConfig config = variant.config().maxBytes(128 * MIB).build();
        Platform platform = variant.platform();
        memory = new RefusingMemory(platform.memory());
        memory.refuseEach(4);
        failing = new MagazinePool(config, new Platform(memory, platform.barrier(), platform.cores()));
        return persistent(failing);
    }

    /** Tries each call again that is refused by the system. */
    private static BufferPool persistent(BufferPool pool) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            for (int tries = 1;; tries++) {
                try {
                    return method.invoke(pool, arguments);
                } catch (InvocationTargetException failed) {
                    if (!(failed.getCause() instanceof MemoryRefusedException) || tries == MOST_TRIES) {
                        throw failed.getCause();
                    }
                }
            }
        };
        return (BufferPool) Proxy.newProxyInstance(
                BufferPool.class.getClassLoader(), new Class<?>[]{BufferPool.class}, handler);
    }

    @AfterEach
    void nothingIsLeft() {
        if (failing != null) {
            memory.refuseEach(0);
            assertThat(failing.abandon().acquiredBuffers()).isZero();
            assertThat(failing.statistics().chargedBytes()).isZero();
            assertThat(failing.statistics().reservedBytes()).isZero();
            assertThat(memory.reservedBytes()).isZero();
        }
    }
}
