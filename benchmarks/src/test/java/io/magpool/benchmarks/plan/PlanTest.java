/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.benchmarks.cases.NumberAccess;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import io.magpool.benchmarks.threads.ThreadKind;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Plan QUICK = Plan.quick(run -> true);

    @Test
    void theQuickPlanTakesLessThanFourMinutes() {
        assertThat(QUICK.duration()).isLessThan(Duration.ofMinutes(4)).isLessThanOrEqualTo(Plan.QUICK);
    }

    @Test
    void theQuickPlanMeasuresLongEnoughToMeanSomething() {
        assertThat(QUICK.effort().iteration()).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        assertThat(QUICK.effort().iterations()).isGreaterThanOrEqualTo(7);
        assertThat(QUICK.effort().forked()).isTrue();
    }

    @Test
    void fewerRunsTakeLongerEachButNotTooLong() {
        Plan two = Plan.quick(run -> run.question().workload() == Workload.HAND_OFF);

        assertThat(two.effort().iteration()).isGreaterThan(QUICK.effort().iteration())
                .isLessThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void theQuickPlanHoldsWhatABufferCostsOnEachKindOfThread() {
        assertThat(QUICK.runs().stream().map(run -> run.question().workload()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Workload.values()).filter(workload -> !workload.isByteAccess()).toList());
        assertThat(QUICK.runs().stream().map(run -> run.question().kind())).contains(ThreadKind.values());
        assertThat(QUICK.runs()).contains(
                new Run(new Case(Workload.PAIR, 256, ThreadKind.PLAIN, 1), Row.POOL_API),
                new Run(new Case(Workload.PAIR, 64 << 10, ThreadKind.EVENT_LOOP, 1), Row.MALLOC),
                new Run(new Case(Workload.REPLACEMENT, 8_192, ThreadKind.PLAIN, 1), Row.MAGPOOL),
                new Run(new Case(Workload.HAND_OFF, 64 << 10, ThreadKind.EVENT_LOOP, 1), Row.ADAPTIVE),
                new Run(new Case(Workload.PAIR, 256, ThreadKind.VIRTUAL, 2), Row.MAGPOOL),
                new Run(new Case(Workload.HEAP_PAIR, 256, ThreadKind.EVENT_LOOP, 1), Row.POOL_API),
                new Run(new Case(Workload.ONE_WAY, 256, ThreadKind.EVENT_LOOP, 1), Row.POOLED),
                new Run(new Case(Workload.THREAD_CHURN, 1_024, ThreadKind.PLAIN, 1), Row.MAGPOOL));
    }

    @Test
    void theRowsOfACaseAreNeighbours() {
        long changes = 1;
        for (int i = 1; i < QUICK.runs().size(); i++) {
            changes += QUICK.runs().get(i).question().equals(QUICK.runs().get(i - 1).question()) ? 0 : 1;
        }
        assertThat(changes).isEqualTo(QUICK.runs().stream().map(Run::question).distinct().count());
    }

    @Test
    void nothingIsMeasuredTwice() {
        assertThat(QUICK.runs()).doesNotHaveDuplicates();
        assertThat(Plan.full(run -> true, 8).runs()).doesNotHaveDuplicates();
        assertThat(Plan.smoke(run -> true).runs()).doesNotHaveDuplicates();
    }

    @Test
    void noRunAsksForWhatTheRowCannotDo() {
        assertThat(new Run(new Case(Workload.HEAP_PAIR, 256, ThreadKind.PLAIN, 1), Row.MALLOC).isPossible()).isFalse();
        assertThat(new Run(new Case(Workload.THREAD_CHURN, 128, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL).isPossible())
                .isFalse();
        assertThat(Plan.full(run -> true, 8).runs()).allMatch(Run::isPossible);
    }

    @Test
    void theFloorNeverCrossesThreads() {
        assertThat(Plan.full(run -> true, 8).runs())
                .noneMatch(run -> run.row() == Row.FLOOR && run.question().workload().releasesElsewhere());
    }

    @Test
    void partnersAreDoubledOnlyWhereThereAreCoresForAll() {
        assertThat(crossing(Plan.full(run -> true, 2))).containsOnly(1);
        assertThat(crossing(Plan.full(run -> true, 4))).contains(1, 2);
    }

    @Test
    void scalingGoesToOneThreadForEachCore() {
        Plan six = Plan.scaling(run -> true, 6);

        assertThat(crossing(six)).containsOnly(1, 2);
        assertThat(six.runs().stream().filter(run -> run.question().workload() == Workload.PAIR)
                .map(run -> run.question().threads())).containsOnly(1, 2, 4);
        assertThat(six.runs()).doesNotHaveDuplicates().allMatch(Run::isPossible);
        assertThat(crossing(Plan.scaling(run -> true, 1))).containsOnly(1);
    }

    private static Iterable<Integer> crossing(Plan plan) {
        return plan.runs().stream()
                .map(Run::question)
                .filter(question -> question.workload().crossesThreads())
                .map(Case::threads)
                .collect(Collectors.toSet());
    }

    @Test
    void theSmokePlanStartsEachBenchmarkWithEachRowOnEachKindOfThread() {
        Plan smoke = Plan.smoke(run -> true);

        for (ThreadKind kind : ThreadKind.values()) {
            for (Workload workload : Workload.values()) {
                for (Row row : Row.values()) {
                    boolean possible = new Run(new Case(workload, 256, kind, 1), row).isPossible();
                    assertThat(smoke.runs().stream()
                            .anyMatch(run -> run.row() == row
                                    && run.question().workload() == workload
                                    && run.question().kind() == kind))
                            .isEqualTo(possible);
                }
            }
        }
    }

    @Test
    void theSmokePlanStartsEachNumberAndEachSetting() {
        assertThat(Plan.smoke(run -> true).runs())
                .filteredOn(run -> run.question().workload() == Workload.ACCESS && run.row() == Row.MAGPOOL)
                .hasSize(NumberAccess.values().length);
        assertThat(Plan.smokeOfFlags(run -> true).runs().stream().map(Run::setting)).contains(Setting.values());
    }

    @Test
    void bytesAreAccessedWithAndWithoutUnsafe() {
        Case getLong = new Case(Workload.ACCESS, Workload.parameterOf(NumberAccess.GET_LONG), ThreadKind.EVENT_LOOP, 1);

        assertThat(AccessPlan.of(run -> run.question().equals(getLong)).runs()).containsExactly(
                new Run(getLong, Row.MAGPOOL), new Run(getLong, Row.ADAPTIVE), new Run(getLong, Row.POOLED),
                new Run(getLong, Row.ADAPTIVE, Setting.WITHOUT_UNSAFE),
                new Run(getLong, Row.POOLED, Setting.WITHOUT_UNSAFE));
        assertThat(AccessPlan.of(run -> true).runs()).doesNotHaveDuplicates().allMatch(Run::isPossible);
    }

    @Test
    void aSettingIsMeasuredBesideTheRowWithoutIt() {
        assertThat(SettingsPlan.of(run -> run.name().endsWith("Magpool, safety checked")).runs()).containsExactly(
                new Run(SettingsPlan.PAIR, Row.MAGPOOL), new Run(SettingsPlan.PAIR, Row.MAGPOOL, Setting.CHECKED));
        assertThat(SettingsPlan.of(run -> true).runs()).doesNotHaveDuplicates();
        assertThat(SettingsPlan.of(run -> false).runs()).isEmpty();
    }
}
