/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.arena;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.PoolConfig.MemoryKind;
import io.magpool.api.PoolConfig.Storage;
import io.magpool.impl.event.Events;
import io.magpool.impl.magazine.Magazine;
import io.magpool.impl.memory.Platform;
import io.magpool.impl.slab.Charge;
import io.magpool.impl.slab.Regions;
import io.magpool.impl.slab.Slab;
import io.magpool.impl.slab.SlabListener;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an arena does before it carves: it asks its neighbours, and leaves them something. */
class NeighboursTest {

    private static final int CLASS = 3;

    private static final Platform PORTABLE = Platform.choose(MemoryKind.PORTABLE, Storage.OFF_HEAP, 2 << 20);

    private int core;
    private final Arenas arenas = new Arenas(
            3,
            64 << 10,
            new Platform(PORTABLE.memory(), PORTABLE.barrier(), () -> core),
            new Regions(PORTABLE.memory(), 64 << 20),
            new Charge(64 << 20),
            new Unheard(),
            new Events("neighbours"));

    private static final class Unheard implements SlabListener {
        @Override
        public void carved(Slab slab) {}

        @Override
        public void purged(Slab slab, int place) {}

        @Override
        public boolean forget(Slab slab, int place) {
            return false;
        }

        @Override
        public Runnable retired(Slab slab) {
            return () -> {};
        }
    }

    @Test
    void anArenaTakesFromANeighbourThatHasTwoMagazines() {
        fillDepotOfThisCore(2);
        core = 1;
        assertThat(arenas.takeLoaded(CLASS)).isNotNull();
        assertThat(ShelfCount.ofAll(arenas).steals()).isEqualTo(1);
        assertThat(ShelfCount.ofAll(arenas).carves()).as("slabs").isEqualTo(1);
    }

    @Test
    void anArenaLeavesANeighbourItsLastMagazine() {
        fillDepotOfThisCore(1);
        core = 1;
        assertThat(arenas.takeLoaded(CLASS)).isNotNull();
        assertThat(ShelfCount.ofAll(arenas).steals()).isZero();
        assertThat(ShelfCount.ofAll(arenas).carves()).as("slabs").isEqualTo(2);
    }

    @Test
    void atTheLimitTheLastMagazineIsTakenToo() {
        fillDepotOfThisCore(1);
        core = 1;
        assertThat(arenas.takeLoadedAnywhere(CLASS)).isNotNull();
        assertThat(ShelfCount.ofAll(arenas).steals()).isEqualTo(1);
    }

    @Test
    void atTheLimitTheSlabsOfOtherArenasServeToo() {
        assertThat(arenas.takeLoaded(CLASS)).isNotNull();
        core = 1;
        assertThat(arenas.takeLoadedAnywhere(CLASS)).isNotNull();
        assertThat(ShelfCount.ofAll(arenas).carves()).as("slabs").isEqualTo(1);
    }

    @Test
    void aCoreBeyondTheArenasHasOneToo() {
        core = 1000;
        assertThat(arenas.takeLoaded(CLASS)).isNotNull();
    }

    private void fillDepotOfThisCore(int magazines) {
        Magazine[] taken = new Magazine[magazines];
        for (int i = 0; i < magazines; i++) {
            taken[i] = Objects.requireNonNull(arenas.takeLoaded(CLASS));
        }
        for (Magazine magazine : taken) {
            arenas.put(CLASS, magazine);
        }
    }
}
