/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChargeTest {

    @Test
    void chargesUpToTheLimitAndNoFurther() {
        Charge charge = new Charge(100);
        assertThat(charge.limit()).isEqualTo(100);
        assertThat(charge.tryAdd(60)).isTrue();
        assertThat(charge.tryAdd(41)).isFalse();
        assertThat(charge.charged()).isEqualTo(60);
        assertThat(charge.tryAdd(40)).isTrue();
        assertThat(charge.tryAdd(1)).isFalse();
        assertThat(charge.tryAdd(Long.MAX_VALUE)).as("no overflow").isFalse();
        charge.subtract(100);
        assertThat(charge.charged()).isZero();
    }

    @Test
    void racingThreadsDoNotExceedTheLimit() throws InterruptedException {
        Charge charge = new Charge(10);
        AtomicLong held = new AtomicLong();
        AtomicLong highest = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 50_000; n++) {
                    if (charge.tryAdd(4)) {
                        highest.accumulateAndGet(held.addAndGet(4), Math::max);
                        held.addAndGet(-4);
                        charge.subtract(4);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(highest.get()).isBetween(4L, 8L);
        assertThat(charge.charged()).isZero();
    }
}
