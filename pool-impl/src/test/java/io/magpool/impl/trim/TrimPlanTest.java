/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpool.api.TrimPolicy;
import io.magpool.impl.trim.TrimPlan.Idle;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies as tables: what there is, and how much of it goes. */
class TrimPlanTest {

    private static final long SECOND = 1_000_000_000;
    private static final TrimPolicy DECAY = TrimPolicy.decay(Duration.ofSeconds(10));

    record Row(TrimPolicy policy, Idle idle, long decayed, long bytes, long most) {}

    private static Row row(
            TrimPolicy policy, long charged, long reclaimable, long untouched, long cached, long decayed, long bytes) {
        return row(policy, charged, reclaimable, untouched, cached, decayed, bytes, bytes);
    }

    private static Row row(
            TrimPolicy policy,
            long charged,
            long reclaimable,
            long untouched,
            long cached,
            long decayed,
            long bytes,
            long most) {
        return new Row(policy, new Idle(charged, reclaimable, untouched, cached), decayed, bytes, most);
    }

    private static Stream<Row> table() {
        TrimPolicy all = TrimPolicy.workingSet();
        TrimPolicy some = TrimPolicy.watermark(100_000);
        return Stream.of(
                // policy, charged, reclaimable, untouched, cached, decayed, bytes, of a watermark also how much with the last piece
                row(TrimPolicy.none(), 900_000, 800_000, 700_000, 100_000, 0, 0),
                row(all, 900_000, 800_000, 700_000, 100_000, 0, 700_000),
                row(all, 900_000, 800_000, 0, 100_000, 0, 0),
                row(all.withFloor(300_000), 900_000, 800_000, 700_000, 0, 0, 600_000),
                row(all.withFloor(900_000), 900_000, 800_000, 700_000, 0, 0, 0),
                row(all.withFloor(Long.MAX_VALUE), 900_000, 800_000, 700_000, 0, 0, 0),
                row(DECAY, 900_000, 800_000, 0, 0, 800_000, 0),
                row(DECAY, 900_000, 800_000, 0, 0, 200_000, 600_000),
                row(DECAY.withFloor(700_000), 900_000, 800_000, 0, 0, 200_000, 200_000),
                row(some, 900_000, 800_000, 0, 50_000, 0, 750_000, 900_000),
                row(some, 900_000, 50_000, 0, 50_000, 0, 0, 900_000),
                row(some, 900_000, 0, 0, 0, 0, 0, 900_000),
                row(some.withFloor(850_000), 900_000, 800_000, 0, 50_000, 0, 50_000));
    }

    @ParameterizedTest
    @MethodSource("table")
    void soMuchGoes(Row row) {
        TrimPlan plan = TrimPlan.of(row.policy, row.idle, Long.MAX_VALUE, row.decayed);
        assertThat(plan.bytes()).isEqualTo(row.bytes);
        assertThat(plan.mostBytes()).isEqualTo(row.most);
        assertThat(plan.freshToo())
                .isEqualTo(row.policy instanceof TrimPolicy.Decay || row.policy instanceof TrimPolicy.Watermark);
    }

    @Test
    void whatThePolicyWantsAndWhatTheRateAllowsAreCountedSideBySide() {
        Idle idle = new Idle(900_000, 800_000, 700_000, 0);
        TrimPlan plan = TrimPlan.of(TrimPolicy.workingSet(), idle, 5_000, 0);
        assertThat(plan).isEqualTo(new TrimPlan(700_000, 700_000, 5_000, false));
        assertThat(plan.less(10_000)).as("a piece that was larger")
                .isEqualTo(new TrimPlan(690_000, 690_000, -5_000, false));
        assertThat(TrimPlan.of(TrimPolicy.none(), idle, 5_000, 0).bytes()).isZero();
    }

    @Test
    void onlyAWatermarkFetchesFromDepotsWhatItLacks() {
        Idle idle = new Idle(900, 100, 100, 700);
        assertThat(TrimPlan.toSendHome(TrimPolicy.watermark(300), idle)).isEqualTo(400);
        assertThat(TrimPlan.toSendHome(TrimPolicy.watermark(700), idle)).isZero();
        assertThat(TrimPlan.toSendHome(TrimPolicy.watermark(5_000), idle)).isZero();
        assertThat(TrimPlan.toSendHome(TrimPolicy.workingSet(), idle)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "0.25, 0.103515625", "0.5, 0.5", "0.75, 0.896484375", "1, 1", "2, 1"})
    void theCurveIsLevelAtBothEnds(double x, double y) {
        assertThat(Smoothstep.at(x)).isEqualTo(y);
    }

    @Test
    void whatFellIdleAtOnceDecaysAlongTheCurve() {
        Backlog backlog = new Backlog(200 * SECOND);
        assertThat(backlog.allow(SECOND, 1_000_000)).isEqualTo(1_000_000);
        long kept = 1_000_000;
        for (int age = 1; age <= 200; age++) {
            long idle = kept;
            kept = backlog.allow(SECOND, idle);
            backlog.settle(kept);
            assertThat(kept).as("at age %d", age).isEqualTo((long) (1_000_000 * Smoothstep.at(1 - age / 200.0)));
        }
        assertThat(kept).isZero();
    }

    @Test
    void whatFallsIdleLaterDecaysLater() {
        Backlog backlog = new Backlog(200 * SECOND);
        assertThat(backlog.allow(0, 1_000)).isEqualTo(1_000);
        assertThat(backlog.allow(100 * SECOND, 3_000)).isEqualTo(500 + 2_000);
        backlog.settle(2_500);
        assertThat(backlog.allow(100 * SECOND, 2_500)).isEqualTo(1_000);
        backlog.settle(1_000);
        assertThat(backlog.allow(100 * SECOND, 1_000)).isZero();
    }

    @Test
    void whatIsUsedAgainIsNotKeptTwice() {
        Backlog backlog = new Backlog(200 * SECOND);
        backlog.allow(0, 1_000);
        assertThat(backlog.allow(SECOND, 10)).isEqualTo(10);
    }

    @Test
    void whatTakesThePlaceOfWhatIsGoneDecaysFromItsOwnTime() {
        Backlog backlog = new Backlog(200 * SECOND);
        backlog.allow(0, 1_000);
        backlog.settle(0);
        backlog.allow(200 * SECOND, 0);
        assertThat(backlog.allow(0, 1_000)).isEqualTo(1_000);
    }

    @Test
    void stepsShorterThanTheCurvesAddUp() {
        Backlog backlog = new Backlog(200 * SECOND);
        backlog.allow(0, 1_000_000);
        long kept = 0;
        for (int i = 0; i < 1_000; i++) {
            kept = backlog.allow(SECOND / 10, 1_000_000);
        }
        assertThat(kept).isEqualTo(500_000);
    }
}
