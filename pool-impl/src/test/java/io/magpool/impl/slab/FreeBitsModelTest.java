/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpool.impl.ModelEffort;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Anyone sets bits while the hand clears some; a set that is not atomic loses bits, and that is found. */
@Tag("model")
class FreeBitsModelTest {

    private static ModelCheckingOptions options() {
        return ModelEffort.options(20, 1000)
                .threads(3)
                .actorsBefore(1)
                .actorsPerThread(2)
                .actorsAfter(1);
    }

    @Test
    void bitsAreLinearizable() {
        options().check(Bits.class);
    }

    @Test
    void bitsThatAreSetInTwoStepsAreFoundBroken() {
        assertThatThrownBy(() -> options().check(BitsInTwoSteps.class)).isInstanceOf(LincheckAssertionError.class);
    }

    /** One word of bits; the hand is one thread at a time. */
    @Param(name = "bit", gen = IntGen.class, conf = "0:3")
    public static final class Bits {
        private final FreeBits bits = new FreeBits(4);

        @Operation
        public void put(@Param(name = "bit") int bit) {
            bits.set(0, 1L << bit);
        }

        @Operation(nonParallelGroup = "hand")
        public long takeAll() {
            long seen = bits.word(0);
            bits.clear(0, seen);
            return seen;
        }

        @Operation
        public boolean anySet() {
            return bits.anySet();
        }

        @Operation
        public boolean allSet() {
            return bits.allSet();
        }
    }

    /** The broken twin. */
    @Param(name = "bit", gen = IntGen.class, conf = "0:3")
    public static final class BitsInTwoSteps {
        private volatile long word = 0b1111;

        @Operation
        @SuppressWarnings("NonAtomicVolatileUpdate") // that is what is broken
        public void put(@Param(name = "bit") int bit) {
            word |= 1L << bit;
        }

        @Operation(nonParallelGroup = "hand")
        @SuppressWarnings("NonAtomicVolatileUpdate") // that is what is broken
        public long takeAll() {
            long seen = word;
            word &= ~seen;
            return seen;
        }
    }
}
