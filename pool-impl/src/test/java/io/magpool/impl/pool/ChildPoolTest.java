/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.BufferPool;
import io.magpool.api.ChildLimits;
import io.magpool.api.PoolClosedException;
import io.magpool.api.PoolConfig;
import io.magpool.api.PoolExhaustedException;
import io.magpool.api.PoolStatistics;
import io.magpool.api.PooledBuffer;
import io.magpool.api.SizeClassStatistics;
import io.magpool.api.TrimDepth;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Children: limits, guarantees, figures, and how they end. */
@Tag("core")
@ParameterizedClass
@EnumSource(Variant.class)
class ChildPoolTest extends PoolTest {

    private static final int SIZE = 16 << 10;

    private BufferPool parent;

    @BeforeEach
    void createPool() {
        parent = pool(variant.config().name("server").maxBytes(64 * MIB).arenas(1));
    }

    private static PoolStatistics child(BufferPool parent, String name) {
        return parent.statistics().children().stream()
                .filter(child -> child.poolName().equals("server/" + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aChildHasANameLimitsAndFiguresOfItsOwn() throws MalformedObjectNameException {
        BufferPool child = parent.child("a", ChildLimits.atMost(16 * MIB).guaranteeing(8 * MIB));
        assertThat(child.toString()).isEqualTo("BufferPool server/a");
        ObjectName shown = new ObjectName("io.magpool:type=BufferPool,name=server/a");
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(shown)).isTrue();
        try (PooledBuffer buffer = child.acquire(100)) {
            buffer.byteBuffer().put(0, (byte) 1);
            assertThat(buffer.toString()).contains("server/a");
            PoolStatistics own = child.statistics();
            assertThat(own.poolName()).isEqualTo("server/a");
            assertThat(own.maxBytes()).isEqualTo(16 * MIB);
            assertThat(own.acquires()).isEqualTo(1);
            assertThat(own.setAsideBytes()).isEqualTo(8 * MIB - own.chargedBytes());
            PoolStatistics total = parent.statistics();
            assertThat(total.acquires()).isEqualTo(1);
            assertThat(total.acquiredBytes()).isEqualTo(buffer.capacity());
            assertThat(total.chargedBytes()).isEqualTo(own.chargedBytes());
            assertThat(total.setAsideBytes()).isEqualTo(own.setAsideBytes());
            assertThat(total.table()).contains("server/a").contains("set aside");
        }
        child.close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(shown)).isFalse();
        assertThat(parent.statistics().children()).isEmpty();
        assertThat(parent.statistics().acquires()).as("what a closed child counted").isEqualTo(1);
        SizeClassStatistics itsClass = parent.statistics().sizeClasses().get(1);
        assertThat(itsClass.chunkBytes()).isEqualTo(128);
        assertThat(itsClass.acquires()).as("the same by size class").isEqualTo(1);
        assertThat(itsClass.releases()).isEqualTo(1);
        assertThat(itsClass.exchanges()).isEqualTo(1);
        assertThat(itsClass.carved()).isZero();
        assertThat(parent.statistics().setAsideBytes()).isZero();
    }

    @Test
    void aFullChildIsRefusedAndItsSiblingNoticesNothing() {
        BufferPool full = parent.child("full", ChildLimits.atMost(8 * MIB));
        BufferPool sibling = parent.child("sibling", ChildLimits.none());
        List<PooledBuffer> some = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            some.add(sibling.acquire(SIZE));
        }
        release(some);
        PoolStatistics before = sibling.statistics();
        List<PooledBuffer> held = fill(full, SIZE);
        assertThat(held).hasSizeBetween((int) (6 * MIB / SIZE), (int) (8 * MIB / SIZE));
        assertThatThrownBy(() -> full.acquire(SIZE))
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageStartingWith("pool server/full has no room for 16384 bytes: limit 8388608")
                .hasMessageContaining("pool server, limit 67108864, has room for");
        assertThatThrownBy(() -> full.acquire(5 * MIB)).isInstanceOf(PoolExhaustedException.class);
        PoolStatistics after = sibling.statistics();
        assertThat(after.cachedInThreadsBytes()).isEqualTo(before.cachedInThreadsBytes());
        assertThat(after.cachedInDepotsBytes()).isEqualTo(before.cachedInDepotsBytes());
        assertThat(after.chargedBytes()).isEqualTo(before.chargedBytes());
        assertThat(after.exchanges()).isEqualTo(before.exchanges());
        assertThat(after.refusals()).isZero();
        try (PooledBuffer buffer = sibling.acquire(SIZE)) {
            assertThat(sibling.statistics().exchanges()).as("from its own magazine").isEqualTo(before.exchanges());
            assertThat(buffer.size()).isEqualTo(SIZE);
        }
        release(held);
        assertAddsUp(full, List.of());
    }

    @Test
    void aGuaranteeHoldsWhateverSiblingsHaveAndWhereverTheirSurvivorsLie() {
        BufferPool safe = parent.child("safe", ChildLimits.atMost(32 * MIB).guaranteeing(16 * MIB));
        BufferPool greedy = parent.child("greedy", ChildLimits.none());
        List<PooledBuffer> flood = fill(greedy, 1000);
        flood.addAll(fill(parent, 5000));
        List<PooledBuffer> survivors = new ArrayList<>();
        for (int i = 0; i < flood.size(); i++) {
            if (i % 7 == 0) {
                survivors.add(flood.get(i));
            } else {
                flood.get(i).release();
            }
        }
        survivors.addAll(fill(greedy, SIZE)); // whatever the survivors' pages leave
        survivors.addAll(fill(parent, SIZE));
        assertThat(parent.tryAcquire(2 * MIB)).as("all but the guarantee is in use").isNull();
        long grain = variant.isPortable() ? 2 * MIB : SIZE;
        List<PooledBuffer> held = new ArrayList<>();
        while (safe.statistics().chargedBytes() + grain <= 16 * MIB) {
            held.add(safe.acquire(SIZE)); // throws if the guarantee is broken
        }
        assertThat(held).hasSizeGreaterThan((int) (13 * MIB / SIZE));
        assertThat(safe.statistics().setAsideBytes()).isLessThan(grain);
        assertThat(parent.statistics().chargedBytes()).isLessThanOrEqualTo(64 * MIB);
        assertAddsUp(safe, held);
        release(held);
        release(survivors);
    }

    @Test
    void whatSiblingsHaveReadyIsReclaimedBeforeTheCommonLimitRefuses() {
        BufferPool rich = parent.child("rich", ChildLimits.none());
        BufferPool poor = parent.child("poor", ChildLimits.none());
        release(fill(rich, SIZE));
        assertThat(rich.statistics().chargedBytes()).isGreaterThan(48 * MIB);
        List<PooledBuffer> held = fill(poor, 5000);
        assertThat(poor.statistics().chargedBytes()).isGreaterThan(60 * MIB);
        assertThat(rich.statistics().chargedBytes()).isLessThan(4 * MIB);
        release(held);
        List<PooledBuffer> parents = fill(parent, SIZE);
        assertThat(parents).as("the parent's own acquires reclaim too").hasSizeGreaterThan((int) (56 * MIB / SIZE));
        release(parents);
        parent.child("late", ChildLimits.none().guaranteeing(60 * MIB)).close();
    }

    @Test
    void whatIsReadyWithinAGuaranteeIsLeftAlone() {
        BufferPool safe = parent.child("safe", ChildLimits.none().guaranteeing(32 * MIB));
        BufferPool greedy = parent.child("greedy", ChildLimits.none());
        List<PooledBuffer> warm = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            warm.add(safe.acquire(SIZE));
        }
        release(warm);
        PoolStatistics before = safe.statistics();
        List<PooledBuffer> held = fill(greedy, SIZE);
        PoolStatistics after = safe.statistics();
        assertThat(after.chargedBytes()).isEqualTo(before.chargedBytes());
        assertThat(after.cachedInThreadsBytes()).isEqualTo(before.cachedInThreadsBytes());
        assertThat(after.cachedInDepotsBytes()).isEqualTo(before.cachedInDepotsBytes());
        release(held);
    }

    @Test
    void manyChildrenComeAndGoWithoutGrowth() {
        long reserved = 0;
        for (int round = 0; round < 4; round++) {
            List<BufferPool> children = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                BufferPool child = parent.child("tenant-" + i, ChildLimits.atMost(4 * MIB).guaranteeing(MIB));
                children.add(child);
                if (i % 5 == 0 || !variant.isPortable()) {
                    child.acquire(SIZE).release();
                    child.acquire(100).release();
                }
            }
            assertThat(parent.statistics().children()).hasSize(50);
            children.forEach(BufferPool::close);
            PoolStatistics now = parent.statistics();
            assertThat(now.children()).isEmpty();
            assertThat(now.chargedBytes()).isZero();
            assertThat(now.setAsideBytes()).isZero();
            assertThat(now.acquires()).isEqualTo(now.releases());
            reserved = round == 0 ? now.reservedBytes() : reserved;
            assertThat(now.reservedBytes()).as("address space in round %d", round).isEqualTo(reserved);
        }
    }

    @Test
    void aChildIsClosedByItselfAndTheRestGoesOn() {
        BufferPool child = parent.child("a", ChildLimits.atMost(16 * MIB).guaranteeing(8 * MIB));
        PooledBuffer late = child.acquire(SIZE);
        PooledBuffer large = child.acquire(3 * MIB);
        assertThatThrownBy(child::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("pool server/a was closed with 2 buffers still acquired");
        assertThatThrownBy(() -> child.acquire(1)).isInstanceOf(PoolClosedException.class);
        assertThat(child(parent, "a").acquiredBytes()).isEqualTo(late.capacity() + large.capacity());
        parent.child("a", ChildLimits.none()).close(); // the name is free
        parent.acquire(SIZE).release();
        late.release();
        large.release();
        assertThat(parent.statistics().children()).as("the last buffer is home").isEmpty();
        assertThat(parent.statistics().setAsideBytes()).isZero();
    }

    @Test
    void theParentClosesItsChildrenAndNamesWhatIsOut() {
        BufferPool child = parent.child("a", ChildLimits.none());
        BufferPool empty = parent.child("b", ChildLimits.none());
        PooledBuffer ofParent = parent.acquire(SIZE);
        PooledBuffer ofChild = child.acquire(SIZE);
        assertThatThrownBy(parent::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("pool server was closed with 1 buffers still acquired")
                .hasMessageContaining("\npool server/a was closed with 1 buffers still acquired");
        assertThatThrownBy(() -> child.acquire(1)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> empty.acquire(1)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> parent.child("c", ChildLimits.none())).isInstanceOf(PoolClosedException.class);
        ofParent.release();
        assertThat(parent.statistics().reservedBytes()).as("a child's buffer is out").isPositive();
        ofChild.release();
        assertThat(parent.statistics().reservedBytes()).isZero();
        assertThat(parent.statistics().chargedBytes()).isZero();
        empty.close();
        parent.close();
    }

    @Test
    void afterTheParentsLimitFellAGuaranteeLiftsNobodyAboveIt() {
        BufferPool child = parent.child("a", ChildLimits.none().guaranteeing(32 * MIB));
        PooledBuffer ofParent = parent.acquire(30 * MIB);
        parent.setMaxBytes(40 * MIB);
        assertThat(child.tryAcquire(20 * MIB)).as("50 of 40 MiB").isNull();
        assertThat(parent.statistics().chargedBytes()).isEqualTo(30 * MIB);
        ofParent.release();
        PooledBuffer ofChild = child.acquire(20 * MIB);
        assertThat(parent.statistics().chargedBytes()).isEqualTo(20 * MIB);
        ofChild.release();
    }

    @Test
    void whatIsNotValidIsRefusedAndChangesNothing() {
        assertThatThrownBy(() -> parent.child("a/b", ChildLimits.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name is \"a/b\": must be");
        assertThatThrownBy(() -> new ChildLimits(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maxBytes is 1: must be");
        assertThatThrownBy(() -> ChildLimits.atMost(4 * MIB).guaranteeing(5 * MIB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("guaranteedBytes is 5242880: must be 0 or more, and at most maxBytes");
        BufferPool child = parent.child("a", ChildLimits.none().guaranteeing(60 * MIB));
        assertThatThrownBy(() -> parent.child("b", ChildLimits.none().guaranteeing(5 * MIB)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("guaranteedBytes is 5242880: must be at most 4194304");
        assertThatThrownBy(() -> parent.setMaxBytes(59 * MIB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("guaranteed to its children");
        assertThatThrownBy(() -> child.setMaxBytes(59 * MIB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBytes is 61865984: must be at least 62914560, which is guaranteed to it");
        assertThatThrownBy(() -> child.child("c", ChildLimits.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pool server/a is a child: a child has no children");
        assertThatThrownBy(() -> parent.child("c", null)).isInstanceOf(NullPointerException.class).hasMessage("limits");
        assertThatThrownBy(() -> parent.child(null, ChildLimits.none()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> parent.child("a", ChildLimits.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name is \"server/a\": must not be that of another open child");
        assertThat(parent.statistics().children()).hasSize(1);
        List<PooledBuffer> held = fill(parent, SIZE);
        assertThatThrownBy(() -> parent.child("b", ChildLimits.none().guaranteeing(4 * MIB)))
                .as("it would fit, but too much is in use")
                .isInstanceOf(PoolExhaustedException.class);
        release(held);
        parent.child("b", ChildLimits.none().guaranteeing(4 * MIB)).close();
    }

    @Test
    void aTrimOfTheParentTrimsAllThatOfAChildOnlyTheChild() {
        BufferPool a = parent.child("a", ChildLimits.none());
        BufferPool b = parent.child("b", ChildLimits.none());
        a.acquire(SIZE).release();
        b.acquire(SIZE).release();
        assertThat(a.trim(TrimDepth.FULL).advisedBytes()).isPositive();
        assertThat(a.statistics().chargedBytes()).isZero();
        assertThat(a.statistics().trims()).isEqualTo(1);
        assertThat(b.statistics().chargedBytes()).isPositive();
        parent.trim(TrimDepth.FULL);
        assertThat(b.statistics().chargedBytes()).isZero();
        assertThat(parent.statistics().trims()).isEqualTo(2);
    }

    @Test
    void whatSiblingsHaveInQuarantineIsReclaimedBeyondTheirGuarantees() {
        BufferPool checked = pool(variant.config()
                .name("checked")
                .maxBytes(32 * MIB)
                .arenas(1)
                .safety(PoolConfig.Safety.CHECKED)
                .quarantineBytes(32 * MIB));
        BufferPool safe = checked.child("safe", ChildLimits.none().guaranteeing(8 * MIB));
        BufferPool rich = checked.child("rich", ChildLimits.none());
        BufferPool poor = checked.child("poor", ChildLimits.none());
        for (long size : List.of((long) SIZE, MIB, 3 * MIB)) {
            release(List.of(safe.acquire(MIB), safe.acquire(MIB)));
            release(fill(rich, size));
            assertThat(rich.statistics().quarantinedBytes()).as("of %d bytes", size).isGreaterThan(12 * MIB);
            long kept = safe.statistics().quarantinedBytes();
            poor.acquire(20 * MIB).release();
            assertThat(rich.statistics().quarantinedBytes()).isZero();
            assertThat(safe.statistics().quarantinedBytes()).isEqualTo(kept).isPositive();
            checked.trim(TrimDepth.FULL);
            List.of(safe, rich, poor).forEach(pool -> pool.trim(TrimDepth.FULL));
        }
        assertThat(checked.statistics().acquiredBytes()).isZero();
    }

    @Test
    void aCheckedPoolsChildIsChecked() {
        BufferPool checked =
                pool(variant.config().name("checked").maxBytes(64 * MIB).safety(PoolConfig.Safety.CHECKED));
        BufferPool child = checked.child("a", ChildLimits.atMost(16 * MIB));
        PooledBuffer buffer = child.acquire(100);
        assertThat(child.acquisitionSites()).hasSize(1);
        buffer.release();
        assertThat(child.statistics().quarantinedBytes()).isEqualTo(128);
        assertThat(checked.statistics().quarantinedBytes()).isEqualTo(128);
        assertThatThrownBy(buffer::release).isInstanceOf(IllegalStateException.class);
        PooledBuffer leaked = child.acquire(100);
        assertThatThrownBy(checked::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pool checked/a was closed with 1 buffers")
                .hasMessageContaining("ChildPoolTest");
        leaked.release();
        assertThat(checked.statistics().reservedBytes()).isZero();
    }
}
