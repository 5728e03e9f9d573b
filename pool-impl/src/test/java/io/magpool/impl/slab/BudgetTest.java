/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Charges that share a budget. */
class BudgetTest {

    private final Budget budget = new Budget(100);

    private Charge charge(long limit, long guaranteed) {
        return Objects.requireNonNull(Charge.of(budget, limit, guaranteed));
    }

    @Test
    void eachIsBoundedByItsOwnLimitAndAllByTheBudget() {
        Charge parent = new Charge(budget);
        Charge child = charge(60, 0);
        assertThat(child.tryAdd(61)).isFalse();
        assertThat(child.tryAdd(60)).isTrue();
        assertThat(parent.tryAdd(41)).isFalse();
        assertThat(parent.tryAdd(40)).isTrue();
        assertThat(parent.room()).isZero();
        child.subtract(10);
        assertThat(parent.room()).isEqualTo(10);
        assertThat(child.room()).isEqualTo(10);
        assertThat(parent.tryAdd(Long.MAX_VALUE)).as("no overflow").isFalse();
    }

    @Test
    void aGuaranteeIsTakenOnceAndNobodyElseGetsIt() {
        Charge child = charge(60, 30);
        Charge sibling = charge(Long.MAX_VALUE, 0);
        assertThat(sibling.tryAdd(71)).isFalse();
        assertThat(sibling.tryAdd(70)).isTrue();
        assertThat(child.setAside()).isEqualTo(30);
        assertThat(child.room()).isEqualTo(30);
        assertThat(child.tryAdd(20)).isTrue();
        assertThat(budget.room()).as("within the guarantee nothing is taken").isZero();
        assertThat(child.tryAdd(11)).isFalse();
        assertThat(child.tryAdd(10)).isTrue();
        assertThat(child.isShortByOthers(1)).isTrue();
        sibling.subtract(5);
        assertThat(child.tryAdd(5)).isTrue();
        assertThat(child.isBeyondGuarantee()).isTrue();
        child.subtract(35);
        assertThat(budget.room()).as("what was beyond it came back, and it stays").isEqualTo(5);
        child.end();
        assertThat(budget.room()).isEqualTo(35);
        assertThat(budget.guaranteed()).isZero();
    }

    @Test
    void aFullChildIsNotShortByOthers() {
        Charge child = charge(30, 10);
        assertThat(child.tryAdd(30)).isTrue();
        assertThat(child.isShortByOthers(1)).isFalse();
        assertThat(child.room()).isZero();
    }

    @Test
    void whatCanEverBeChargedLeavesOutTheGuaranteesOfOthers() {
        charge(60, 30);
        Charge other = charge(95, 20);
        assertThat(other.attainable()).isEqualTo(70);
        assertThat(new Charge(budget).attainable()).isEqualTo(50);
        assertThat(Charge.of(budget, 90, 51)).as("more than is left").isNull();
    }

    @Test
    void afterTheLimitFellAGuaranteeWaitsTooUntilAllFits() {
        Charge child = charge(60, 30);
        Charge sibling = charge(Long.MAX_VALUE, 0);
        assertThat(sibling.tryAdd(70)).isTrue();
        assertThat(budget.trySetLimit(40)).isTrue();
        assertThat(sibling.room()).isNegative();
        assertThat(sibling.tryAdd(1)).isFalse();
        assertThat(child.room()).as("100 would be charged").isNegative();
        assertThat(child.tryAdd(30)).isFalse();
        assertThat(child.isShortByOthers(30)).isTrue();
        sibling.subtract(60);
        assertThat(child.room()).isEqualTo(30);
        assertThat(child.tryAdd(30)).isTrue();
        assertThat(sibling.charged() + child.charged()).isEqualTo(40);
    }

    @Test
    void theLimitDoesNotFallBelowWhatIsGuaranteed() {
        charge(60, 30);
        assertThat(budget.trySetLimit(29)).isFalse();
        assertThat(budget.limit()).isEqualTo(100);
        assertThat(budget.trySetLimit(30)).isTrue();
        assertThat(budget.limit()).isEqualTo(30);
    }

    @Test
    void aGuaranteeAndAChangeOfTheLimitComeOneAfterTheOther() throws InterruptedException {
        assertWaitsForTheBudget(() -> charge(60, 30));
        assertWaitsForTheBudget(() -> budget.trySetLimit(50));
        assertThat(budget.guaranteed()).isEqualTo(30);
        assertThat(budget.limit()).isEqualTo(50);
    }

    private void assertWaitsForTheBudget(Runnable step) throws InterruptedException {
        Thread other = Thread.ofPlatform().daemon().unstarted(step);
        long deadline = System.nanoTime() + 20_000_000_000L;
        synchronized (budget) {
            other.start();
            while (other.getState() != Thread.State.BLOCKED) {
                assertThat(other.isAlive()).as("it waits").isTrue();
                assertThat(System.nanoTime()).as("it neither waits nor ends: " + other.getState()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
        other.join();
    }

    @Test
    void racingPoolsNeitherExceedTheBudgetNorLoseAGuarantee() throws InterruptedException {
        long seed = new Random().nextLong();
        List<Charge> charges = List.of(new Charge(budget), charge(60, 0), charge(80, 30));
        AtomicLong held = new AtomicLong();
        AtomicLong highest = new AtomicLong();
        AtomicLong broken = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Charge charge = charges.get(i % 3);
            boolean alone = i == 2; // the only one that uses the guarantee
            Random random = new Random(seed + i);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 50_000; n++) {
                    long bytes = random.nextLong(1, 46);
                    if (charge.tryAdd(bytes)) {
                        highest.accumulateAndGet(held.addAndGet(bytes), Math::max);
                        held.addAndGet(-bytes);
                        charge.subtract(bytes);
                    } else if (alone && bytes <= 30) {
                        broken.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(highest.get()).as("held at once, seed %d", seed).isBetween(1L, 100L);
        assertThat(broken.get()).as("refused within the guarantee, seed %d", seed).isZero();
        assertThat(charges).allSatisfy(charge -> assertThat(charge.charged()).isZero());
        assertThat(budget.room()).isEqualTo(70);
    }
}
