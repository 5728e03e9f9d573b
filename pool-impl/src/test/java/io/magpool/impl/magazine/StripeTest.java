/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.impl.slab.ChunkNumber;
import io.magpool.impl.slab.SizeClasses;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A stripe in both modes of the guard. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class StripeTest {

    private final PairLayout layout;
    private final Stripe stripe;

    StripeTest(boolean fenced) {
        int[] capacities = new int[SizeClasses.COUNT];
        Arrays.fill(capacities, 4);
        this.layout = new PairLayout(capacities);
        this.stripe = new Stripe(layout, 1 << 20, fenced, SampleRate.NONE);
    }

    @Test
    void whoHasItKeepsOthersOut() {
        assertThat(stripe.tryTake()).isTrue();
        assertThat(stripe.tryTake()).isFalse();
        stripe.putBack();
        assertThat(stripe.tryTake()).isTrue();
    }

    @Test
    void aRevokerWaitsForWhoHasIt() {
        assertThat(stripe.tryTake()).isTrue();
        assertThat(stripe.announceRevocation()).isTrue();
        assertThat(stripe.awaitIdle(1)).isFalse();
        stripe.putBack();
        assertThat(stripe.awaitIdle(1)).isTrue();
    }

    @Test
    void revokedItCannotBeTakenAndIsLeftIdle() {
        assertThat(stripe.announceRevocation()).isTrue();
        assertThat(stripe.tryTake()).isFalse();
        assertThat(stripe.awaitIdle(1)).isTrue();
        stripe.undoRevocation();
        assertThat(stripe.tryTake()).isTrue();
    }

    @Test
    void divertedOrClosedItCannotBeTaken() {
        stripe.divert();
        assertThat(stripe.tryTake()).isFalse();
        stripe.undivert();
        assertThat(stripe.tryTake()).isTrue();
        stripe.putBack();
        assertThat(stripe.announceRevocation()).isTrue();
        stripe.closeForGood();
        assertThat(stripe.tryTake()).isFalse();
    }

    @Test
    void givesUpAllRoundsOfAClassUnlessAnotherHasIt() {
        Magazine magazine = new Magazine(0, 4);
        for (int round = 0; round < 4; round++) {
            magazine.push(round);
        }
        assertThat(stripe.tryTake()).isTrue();
        stripe.moveIn(7, magazine);
        Stripes.giveUp(stripe, 7, (sizeClass, rounds) -> assertThat(rounds).containsOnly(ChunkNumber.NONE));
        assertThat(stripe.cached(7)).isEqualTo(4);
        stripe.putBack();
        Stripes.giveUp(stripe, 7, (sizeClass, rounds) -> assertThat(rounds).containsExactlyInAnyOrder(0, 1, 2, 3));
        assertThat(stripe.cached(7)).isZero();
    }
}
