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
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** All that was measured, and what follows from it. */
public final class Measurements {

    private final Map<Run, Measurement> byRun = new LinkedHashMap<>();

    /**
     * Collects.
     *
     * @param all one for each run
     */
    public Measurements(Collection<Measurement> all) {
        all.forEach(measurement -> byRun.put(measurement.run(), measurement));
    }

    /** Returns the cases in the order in which they were measured. */
    List<Case> cases() {
        return byRun.keySet().stream().map(Run::question).distinct().toList();
    }

    /** Returns the rows that were measured at all. */
    List<Row> rows() {
        return byRun.keySet().stream().map(Run::row).distinct().sorted().toList();
    }

    @Nullable Measurement find(Case question, Row row) {
        return find(new Run(question, row));
    }

    @Nullable Measurement find(Run run) {
        return byRun.get(run);
    }

    private OptionalDouble nanoseconds(Case question, Row row) {
        return nanoseconds(new Run(question, row));
    }

    OptionalDouble nanoseconds(Run run) {
        Measurement measurement = find(run);
        return measurement == null ? OptionalDouble.empty() : OptionalDouble.of(measurement.nanoseconds());
    }

    /** Divides Magpool's time by that of Netty's pooling allocators, whichever is quicker in this case. */
    OptionalDouble ratioToNetty(Case question) {
        OptionalDouble better = DoubleStream.concat(nanoseconds(question, Row.ADAPTIVE).stream(),
                nanoseconds(question, Row.POOLED).stream()).min();
        return ratio(nanoseconds(question, Row.MAGPOOL), better);
    }

    /** Divides Magpool's time by that of the floor. */
    OptionalDouble ratioToFloor(Case question) {
        return ratio(nanoseconds(question, Row.MAGPOOL), nanoseconds(question, Row.FLOOR));
    }

    /** Divides a row's time for a pair of the dearest size by that of the cheapest one, on one thread. */
    OptionalDouble dearestToCheapest(ThreadKind kind, Row row) {
        DoubleSummaryStatistics sizes = pairs(kind, row).stream()
                .mapToDouble(Measurement::nanoseconds)
                .summaryStatistics();
        return sizes.getCount() < 2 ? OptionalDouble.empty() : OptionalDouble.of(sizes.getMax() / sizes.getMin());
    }

    /** Returns a row's pairs on one thread, smallest size first. */
    List<Measurement> pairs(ThreadKind kind, Row row) {
        return byRun.values().stream()
                .filter(each -> each.run().row() == row)
                .filter(each -> isPairOn(each.run().question(), kind))
                .sorted((a, b) -> Integer.compare(a.run().question().parameter(), b.run().question().parameter()))
                .toList();
    }

    private static boolean isPairOn(Case question, ThreadKind kind) {
        return question.workload() == Workload.PAIR && question.kind() == kind && question.threads() == 1;
    }

    static OptionalDouble ratio(OptionalDouble dividend, OptionalDouble divisor) {
        return dividend.isPresent() && divisor.isPresent()
                ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
                : OptionalDouble.empty();
    }
}
