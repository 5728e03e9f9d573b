/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Stripes that are built when they are needed. */
class StripesTest {

    private final List<ThreadCache> admitted = new ArrayList<>();
    private final List<ThreadCache> dismissed = new ArrayList<>();
    private Runnable duringNextAdmission = () -> {};
    private final PairLayout layout = layout();
    private final Stripes stripes =
            new Stripes(1, () -> 0, layout, 1 << 20, false, SampleRate.NONE, new Stripes.Admission() {

                @Override
                public void admit(ThreadCache stripe) {
                    admitted.add(stripe);
                    Runnable action = duringNextAdmission;
                    duringNextAdmission = () -> {};
                    action.run();
                }

                @Override
                public void dismiss(ThreadCache stripe) {
                    dismissed.add(stripe);
                }
            });

    private static PairLayout layout() {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 4);
        return new PairLayout(capacities);
    }

    private void load(int round) {
        Magazine magazine = new Magazine(0, 4);
        magazine.push(round);
        stripes.load(0, magazine, (sizeClass, rounds) -> {});
        assertThat(magazine.isEmpty()).isTrue();
    }

    @Test
    void aStripeIsAdmittedOnceAndServesFromThenOn() {
        load(17);
        assertThat(stripes.acquire(0)).isEqualTo(17);
        assertThat(stripes.acquire(0)).isEqualTo(ChunkNumber.NONE);
        assertThat(admitted).hasSize(1);
        assertThat(dismissed).isEmpty();
    }

    /** To admit a stripe may take a call into the system. */
    @Test
    void nobodyWaitsForAStripeThatIsBeingAdmitted() {
        duringNextAdmission = () -> {
            FutureTask<Void> other = new FutureTask<>(() -> {
                load(17);
                return null;
            });
            Thread.ofVirtual().start(other);
            try {
                other.get(50, TimeUnit.SECONDS);
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        };
        assertThat(stripes.acquire(0)).as("in the stripe that was there first").isEqualTo(17);
        assertThat(admitted).hasSize(2);
        assertThat(dismissed).as("what came second and was never used").containsExactly(admitted.getFirst());
    }

    @Test
    void whereTheHeapHasNoRoomForAStripeTheNextOneTriesAgain() {
        duringNextAdmission = () -> {
            throw new OutOfMemoryError("the test");
        };
        assertThat(stripes.release(0, 17)).isFalse();
        load(18);
        assertThat(stripes.acquire(0)).isEqualTo(18);
    }
}
