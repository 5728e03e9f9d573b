/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.plan.Case;
import io.magpool.benchmarks.plan.Run;
import io.magpool.benchmarks.plan.Workload;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.threads.ThreadKind;
import java.util.List;

/** Made-up measurements. */
final class Samples {

    static final Case SMALL = new Case(Workload.PAIR, 256, ThreadKind.EVENT_LOOP, 1);
    static final Case LARGE = new Case(Workload.PAIR, 64 << 10, ThreadKind.EVENT_LOOP, 1);
    static final Case HAND_OFF = new Case(Workload.HAND_OFF, 256, ThreadKind.PLAIN, 1);

    private Samples() {}

    static Measurements measurements() {
        return new Measurements(List.of(
                measured(SMALL, Row.MAGPOOL, 9),
                measured(SMALL, Row.ADAPTIVE, 12),
                measured(SMALL, Row.POOLED, 53),
                measured(SMALL, Row.FLOOR, 6),
                measured(LARGE, Row.MAGPOOL, 9.9),
                measured(LARGE, Row.ADAPTIVE, 72),
                measured(LARGE, Row.POOLED, 66),
                measured(HAND_OFF, Row.MAGPOOL, 26)));
    }

    static Measurement measured(Case question, Row row, double nanoseconds) {
        return Measurement.of(new Run(question, row), new double[]{nanoseconds}, new double[]{0});
    }
}
