/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.api.MemoryRefusedException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegionsTest {

    private static final long SLAB = Slab.BYTES;

    @Test
    void aRegionIsReservedOnceAndCutIntoFrames() {
        CountingMemory memory = new CountingMemory(12, 8 * SLAB);
        Regions regions = new Regions(memory, 100 * SLAB);
        assertThat(regions.reservedBytes()).isZero();
        Set<Integer> numbers = new HashSet<>();
        Set<Long> addresses = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            Frame frame = regions.take();
            numbers.add(frame.number());
            addresses.add(frame.address());
            assertThat(frame.zeros()).isTrue();
        }
        assertThat(memory.reservations).containsExactly(8 * SLAB);
        assertThat(memory.committed).isEqualTo(8 * SLAB);
        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(addresses).hasSize(8);
        regions.take();
        assertThat(memory.reservations).containsExactly(8 * SLAB, 8 * SLAB);
        assertThat(regions.reservedBytes()).isEqualTo(16 * SLAB);
    }

    @Test
    void aFrameGivenBackIsTakenAgain() {
        CountingMemory memory = new CountingMemory(12, 8 * SLAB);
        Regions regions = new Regions(memory, 100 * SLAB);
        Frame frame = regions.take();
        regions.give(frame);
        assertThat(memory.committed).isZero();
        assertThat(regions.take()).isSameAs(frame);
    }

    @Test
    void noRegionIsLargerThanIsUseful() {
        CountingMemory memory = new CountingMemory(12, 1L << 30);
        Regions regions = new Regions(memory, 5 * SLAB + 1);
        regions.take();
        assertThat(memory.reservations).containsExactly(6 * SLAB);
    }

    @Test
    void aRefusedReservationIsTriedAgainSmallerDownToOneSlab() {
        CountingMemory memory = new CountingMemory(12, 1L << 30);
        memory.largest = 3 * SLAB;
        Regions regions = new Regions(memory, 1L << 40);
        regions.take();
        assertThat(memory.reservations).containsExactly(2 * SLAB);
        memory.largest = SLAB - 1;
        regions.take();
        assertThatThrownBy(regions::take).isInstanceOf(MemoryRefusedException.class);
        memory.largest = Long.MAX_VALUE;
        regions.take();
        assertThat(memory.reservations).as("it stays small").containsExactly(2 * SLAB, SLAB);
    }

    @Test
    void aRegionOfASingleSlabGoesBackWithItAndItsNumberIsUsedAgain() {
        CountingMemory memory = new CountingMemory(12, SLAB);
        Regions regions = new Regions(memory, 100 * SLAB);
        regions.take();
        Frame frame = regions.take();
        assertThat(memory.reserved).isEqualTo(2 * SLAB);
        regions.give(frame);
        assertThat(memory.reserved).isEqualTo(SLAB);
        assertThat(regions.reservedBytes()).isEqualTo(SLAB);
        assertThat(regions.take().number()).isEqualTo(frame.number());
    }

    @Test
    void aFrameWithoutPagesOfItsOwnIsKeptWithItsContent() {
        CountingMemory memory = new CountingMemory(21, SLAB);
        Regions regions = new Regions(memory, 100 * SLAB);
        Frame frame = regions.take();
        assertThat(frame.zeros()).isTrue();
        regions.give(frame);
        assertThat(memory.reserved).isEqualTo(SLAB);
        Frame again = regions.take();
        assertThat(again.number()).isEqualTo(frame.number());
        assertThat(again.zeros()).as("somebody has used it").isFalse();
        assertThat(memory.reservations).containsExactly(SLAB);
    }

    @Test
    void numbersAreBounded() {
        CountingMemory memory = new CountingMemory(12, 1L << 37);
        Regions regions = new Regions(memory, 1L << 40);
        Frame last = null;
        for (int i = 0; i < ChunkNumber.MAX_SLABS; i++) {
            last = regions.take();
        }
        assertThat(last.number()).isEqualTo(ChunkNumber.MAX_SLABS - 1);
        long reserved = memory.reserved;
        assertThatThrownBy(regions::take).isInstanceOf(MemoryRefusedException.class)
                .hasMessageContaining("all 65536 slabs of the pool are in use by other sizes");
        assertThat(memory.reserved).as("what can not be numbered goes back").isEqualTo(reserved);
        regions.give(last);
        assertThat(regions.take()).isSameAs(last);
    }

    @Test
    void allGoBackInTheEnd() {
        CountingMemory memory = new CountingMemory(12, 2 * SLAB);
        Regions regions = new Regions(memory, 100 * SLAB);
        for (int i = 0; i < 5; i++) {
            regions.take();
        }
        regions.releaseAll();
        assertThat(memory.reserved).isZero();
        assertThat(regions.reservedBytes()).isZero();
    }
}
