/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeClassesTest {

    @Test
    void thereAre52ClassesFrom64BytesTo1MiBEachLargerThanTheOneBefore() {
        assertThat(SizeClasses.COUNT).isEqualTo(52);
        assertThat(SizeClasses.bytes(0)).isEqualTo(64);
        assertThat(SizeClasses.bytes(SizeClasses.COUNT - 1)).isEqualTo(1 << 20);
        for (int i = 1; i < SizeClasses.COUNT; i++) {
            assertThat(SizeClasses.bytes(i)).isGreaterThan(SizeClasses.bytes(i - 1));
        }
    }

    @Test
    void eachClassIsAMultipleOfTheQuantum() {
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            assertThat(SizeClasses.bytes(i) % SizeClasses.QUANTUM).isZero();
        }
    }

    @Test
    void eachSizeFindsTheSmallestClassThatFitsAndWastesAtMostAFifth() {
        int expected = 0;
        for (int size = 0; size <= SizeClasses.MAX_BYTES; size++) {
            if (size > SizeClasses.bytes(expected)) {
                expected++;
            }
            int found = SizeClasses.indexFor(size);
            if (found != expected) {
                throw new AssertionError(size + " bytes found class " + found + " instead of " + expected);
            }
            int wasted = SizeClasses.bytes(found) - size;
            if (size > 256 && wasted * 5 > SizeClasses.bytes(found)) {
                throw new AssertionError(size + " bytes waste " + wasted + " of " + SizeClasses.bytes(found));
            }
        }
        assertThat(expected).isEqualTo(SizeClasses.COUNT - 1);
    }

    @Test
    void anAlignmentFindsTheSmallestClassThatIsAMultipleOfIt() {
        for (long alignment = 1; alignment <= 1 << 21; alignment *= 2) {
            for (int size : new int[]{0, 1, 64, 65, 320, 1000, 4097, 70_000, 1 << 20}) {
                int found = SizeClasses.indexFor(size, alignment);
                for (int i = SizeClasses.indexFor(size); i < found; i++) {
                    assertThat(SizeClasses.bytes(i) % alignment).isNotZero();
                }
                if (found < SizeClasses.COUNT) {
                    assertThat(SizeClasses.bytes(found)).isGreaterThanOrEqualTo(size);
                    assertThat(SizeClasses.bytes(found) % alignment).isZero();
                } else {
                    assertThat(alignment).as("alignment that no class has").isGreaterThan(1 << 20);
                }
            }
        }
    }
}
