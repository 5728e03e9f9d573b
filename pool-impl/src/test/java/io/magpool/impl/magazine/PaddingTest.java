/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.concurrent.PaddedLong;
import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/** What many threads write, or one thread writes often, shares no cache line with anything else. */
@Tag("layout")
class PaddingTest {

    private static final long TWO_LINES = 128;

    @Test
    void theWordsOfAGuardStandApart() {
        standApart(ThreadCache.class, Set.of("busy", "control"));
    }

    @Test
    void aPaddedLongStandsApart() {
        standApart(PaddedLong.class, Set.of("value"));
    }

    @Test
    void theCountOfAMagazineIsPaddedAgainstTheNeighboursInTheHeap() throws ReflectiveOperationException {
        Magazine magazine = new Magazine(0, 1);
        var field = Magazine.class.getDeclaredField("rounds");
        field.setAccessible(true);
        int[] rounds = (int[]) field.get(magazine);
        magazine.push(0x5EED);
        int countAt = indexOf(rounds, 1);
        int roundAt = indexOf(rounds, 0x5EED);
        ClassLayout layout = ClassLayout.parseInstance(rounds);
        long arrayBase = layout.headerSize();
        assertThat(arrayBase + countAt * 4L)
                .as("bytes in front of the count\n%s", layout.toPrintable())
                .isGreaterThanOrEqualTo(TWO_LINES);
        assertThat((rounds.length - roundAt - 1) * 4L)
                .as("bytes behind the last round\n%s", layout.toPrintable())
                .isGreaterThanOrEqualTo(TWO_LINES);
    }

    @Test
    void thePairsOfACacheArePaddedAgainstTheNeighboursInTheHeap() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 3);
        PairLayout pairLayout = new PairLayout(capacities);
        long[] pairs = pairLayout.newPairs();
        ClassLayout layout = ClassLayout.parseInstance(pairs);
        assertThat(layout.headerSize() + PairLayout.headAt(0) * 8L).isGreaterThanOrEqualTo(TWO_LINES);
        int last = pairLayout.ground(SizeClasses.COUNT - 1) + 2 * 3;
        assertThat((pairs.length - last - 1) * 8L).isGreaterThanOrEqualTo(TWO_LINES);
    }

    private static int indexOf(int[] array, int value) {
        for (int i = 0; i < array.length; i++) {
            if (array[i] == value) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    private static void standApart(Class<?> type, Set<String> names) {
        ClassLayout layout = ClassLayout.parseClass(type);
        List<FieldLayout> hot =
                layout.fields().stream().filter(f -> names.contains(f.name())).toList();
        assertThat(hot).as(layout.toPrintable()).hasSize(names.size());
        for (FieldLayout field : hot) {
            assertThat(field.offset())
                    .as("bytes in front of %s\n%s", field.name(), layout.toPrintable())
                    .isGreaterThanOrEqualTo(TWO_LINES);
            assertThat(layout.instanceSize() - field.offset() - field.size())
                    .as("bytes behind %s\n%s", field.name(), layout.toPrintable())
                    .isGreaterThanOrEqualTo(TWO_LINES);
            for (FieldLayout other : layout.fields()) {
                boolean isPad = other.name().matches("p\\d\\d|gap");
                if (!isPad && !names.contains(other.name())) {
                    long between = other.offset() < field.offset()
                            ? field.offset() - other.offset() - other.size()
                            : other.offset() - field.offset() - field.size();
                    assertThat(between)
                            .as("bytes between %s and %s\n%s", field.name(), other.name(), layout.toPrintable())
                            .isGreaterThanOrEqualTo(TWO_LINES);
                }
            }
        }
    }
}
