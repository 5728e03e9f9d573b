/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.ChildLimits;
import io.magpool.api.MemoryRefusedException;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.TrimDepth;
import io.magpool.impl.memory.Platform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A child that is closed at an awkward moment: its guarantee goes when nothing of it is left, not before, and goes then. */
@Tag("core")
class ChildEndTest {

    private static final long MIB = PoolTest.MIB;

    private InterferingMemory memory;
    private MagazinePool parent;
    private MagazinePool child;

    @BeforeEach
    void createPools() {
        Variant.LINUX_ASYMMETRIC.assumePossible();
        Platform platform = Variant.LINUX_ASYMMETRIC.platform();
        memory = new InterferingMemory(platform.memory());
        PoolConfig config = Variant.LINUX_ASYMMETRIC.config().maxBytes(16 * MIB).arenas(1).build();
        parent = new MagazinePool(config, new Platform(memory, platform.barrier(), platform.cores()));
        child = (MagazinePool) parent.child("a", ChildLimits.none().guaranteeing(4 * MIB));
    }

    @AfterEach
    void nothingIsLeft() {
        if (parent != null) {
            PoolStatistics now = parent.statistics();
            assertThat(now.children()).isEmpty();
            assertThat(now.setAsideBytes()).isZero();
            assertThat(parent.family().diversions()).hasValue(0);
            parent.close();
            assertThat(parent.statistics().chargedBytes()).isZero();
            assertThat(parent.statistics().reservedBytes()).isZero();
        }
    }

    @Test
    void closedWhileALargeBufferIsMappedItStaysUntilThatIsGone() {
        List<PoolStatistics> afterClose = new ArrayList<>();
        memory.duringNextReserve(() -> {
            child.close();
            afterClose.add(parent.statistics());
        });
        assertThatThrownBy(() -> child.acquire(3 * MIB)).isInstanceOf(PoolClosedException.class);
        assertThat(afterClose).hasSize(1);
        assertThat(afterClose.getFirst().children()).as("3 MiB are charged").hasSize(1);
        assertThat(afterClose.getFirst().chargedBytes()).isEqualTo(3 * MIB);
    }

    @Test
    void closedWhileTheSystemRefusesALargeBufferItGoesAfterThat() {
        memory.duringNextReserve(() -> {
            child.close();
            throw new MemoryRefusedException("RESERVE", "the test");
        });
        assertThatThrownBy(() -> child.acquire(3 * MIB)).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void closedWhileRoomIsMadeForALargeBufferItMapsNothing() {
        List<PooledBuffer> held = PoolTest.fill(parent, MIB);
        PoolTest.release(held); // in caches, of which the child needs a part
        List<Integer> before = new ArrayList<>();
        memory.duringNextDecommit(() -> {
            child.close();
            before.add(memory.reservations());
        });
        assertThatThrownBy(() -> child.acquire(8 * MIB)).isInstanceOf(PoolClosedException.class);
        assertThat(before).containsExactly(memory.reservations());
    }

    @Test
    void closedWhileATrimUnmapsWhatWasKeptItGoesAfterThat() {
        child.acquire(2 * MIB).release(); // an eighth of the limit is kept
        List<PoolStatistics> afterClose = new ArrayList<>();
        memory.duringNextRelease(() -> {
            child.close();
            afterClose.add(parent.statistics());
        });
        child.trim(TrimDepth.FULL);
        assertThat(afterClose).hasSize(1);
        assertThat(afterClose.getFirst().children()).as("2 MiB are charged").hasSize(1);
    }

    @Test
    void aProbeOfRoomIsNoReasonToStay() {
        child.charge().tryAdd(MIB);
        child.close();
        assertThat(parent.statistics().children()).as("something is charged").hasSize(1);
        child.charge().subtract(MIB);
        new Probe(child.arenas(), child.reclaim(), child.charge(), child::endIfEmpty).finds(child.wish(2 * MIB, 1),
                false);
    }

    @Test
    void aDiversionThatStandsAtItsEndIsNotCountedAnyMore() {
        child.diversion().begin();
        assertThat(parent.family().diversions()).hasValue(1);
        child.close();
        assertThat(parent.family().diversions()).hasValue(0);
        child.diversion().begin();
        child.diversion().endIfIdle(() -> true);
        child.diversion().begin();
        assertThat(parent.family().diversions()).as("whoever comes too late").hasValue(0);
    }
}
