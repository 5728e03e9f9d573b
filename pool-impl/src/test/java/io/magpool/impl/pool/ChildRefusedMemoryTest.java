/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PooledBuffer;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.pool.RefusingMemory.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Children, where the system refuses. */
@Tag("core")
class ChildRefusedMemoryTest {

    private static final long MIB = PoolTest.MIB;

    private RefusingMemory memory;
    private BufferPool parent;

    @BeforeEach
    void createPool() {
        Variant.LINUX_ASYMMETRIC.assumePossible();
        Platform platform = Variant.LINUX_ASYMMETRIC.platform();
        memory = new RefusingMemory(platform.memory());
        PoolConfig config = Variant.LINUX_ASYMMETRIC.config().maxBytes(16 * MIB).arenas(1).build();
        parent = new MagazinePool(config, new Platform(memory, platform.barrier(), platform.cores()));
    }

    @Test
    void toCreateAChildAsksNothingOfTheSystem() {
        for (Call call : Call.values()) {
            memory.refuse(call, 0, Long.MAX_VALUE);
            parent.child("a", ChildLimits.none().guaranteeing(8 * MIB)).close();
        }
    }

    @Test
    void aRefusalInOneChildLeavesTheOthersAlone() {
        BufferPool a = parent.child("a", ChildLimits.none());
        BufferPool b = parent.child("b", ChildLimits.none());
        PooledBuffer held = b.acquire(100);
        memory.refuse(Call.COMMIT, 0, Long.MAX_VALUE);
        assertThatThrownBy(() -> a.acquire(5000)).isInstanceOf(MemoryRefusedException.class);
        assertThat(a.statistics().chargedBytes()).isZero();
        b.acquire(100).release();
        memory.refuse(Call.COMMIT, 0, 0);
        a.acquire(5000).release();
        held.release();
        parent.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void whatTheSystemDoesNotTakeBackFromAClosedChildIsOfferedAgain() {
        BufferPool child = parent.child("a", ChildLimits.none().guaranteeing(8 * MIB));
        child.acquire(100).release();
        child.acquire(5000).release();
        memory.refuse(Call.DECOMMIT, 0, 1);
        assertThatThrownBy(child::close).isInstanceOf(MemoryRefusedException.class);
        assertThat(parent.statistics().children()).as("it has memory still").hasSize(1);
        assertThat(child.abandon().acquiredBuffers()).isZero();
        assertThat(parent.statistics().children()).isEmpty();
        assertThat(parent.statistics().chargedBytes()).isZero();
        assertThat(parent.statistics().setAsideBytes()).isZero();
        parent.close();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void theParentsCloseGoesOnWhereTheSystemRefusesAChild() {
        BufferPool child = parent.child("a", ChildLimits.none());
        child.acquire(100).release();
        parent.acquire(100).release();
        memory.refuse(Call.DECOMMIT, 0, 1);
        assertThatThrownBy(parent::close).isInstanceOf(MemoryRefusedException.class);
        assertThat(parent.abandon().acquiredBuffers()).isZero();
        assertThat(memory.reservedBytes()).isZero();
    }

    @Test
    void theLastReleaseOfAnAbandonedChildDoesNotThrow() {
        BufferPool child = parent.child("a", ChildLimits.none());
        PooledBuffer held = child.acquire(100);
        assertThat(child.abandon().acquiredBuffers()).isEqualTo(1);
        memory.refuse(Call.DECOMMIT, 0, 1);
        held.release();
        assertThat(memory.refusals()).isEqualTo(1);
        assertThat(parent.statistics().children()).as("it has memory still").hasSize(1);
        assertThat(child.abandon().acquiredBuffers()).isZero();
        assertThat(parent.statistics().children()).isEmpty();
        parent.close();
        assertThat(memory.reservedBytes()).isZero();
    }
}
