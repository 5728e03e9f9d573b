/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.cases.NumberAccess;
import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import io.magpool.benchmarks.threads.ThreadKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What is done to a buffer once one has it: Magpool's beside Netty's, with Unsafe and without. */
public final class AccessPlan {

    /** Loops of microseconds are compiled soon, and settle soon. */
    private static final Effort EFFORT = new Effort(1, 3, 9, Duration.ofMillis(50), true);
    private static final List<NumberAccess> ON_THE_HEAP = List.of(NumberAccess.GET_BYTE, NumberAccess.GET_LONG,
            NumberAccess.SET_BYTE, NumberAccess.SET_LONG);
    private static final List<Workload> COPIES = List.of(Workload.GET_ARRAY, Workload.SET_ARRAY,
            Workload.GET_DIRECT_BUFFER, Workload.SET_DIRECT_BUFFER, Workload.WRITE_ARRAY, Workload.WRITE_BYTE_BUF);

    private AccessPlan() {}

    /**
     * Returns the plan.
     *
     * @param wanted which runs to keep
     * @return one round of forked runs
     */
    public static Plan of(Predicate<Run> wanted) {
        Runs runs = new Runs(wanted);
        for (NumberAccess access : NumberAccess.values()) {
            add(runs, Workload.ACCESS, Workload.parameterOf(access));
        }
        ON_THE_HEAP.forEach(access -> add(runs, Workload.HEAP_ACCESS, Workload.parameterOf(access)));
        for (Workload copy : COPIES) {
            add(runs, copy, 64);
            add(runs, copy, 4 << 10);
        }
        add(runs, Workload.GROWTH, 64 << 10);
        add(runs, Workload.PAIR, 256);
        add(runs, Workload.HEAP_PAIR, 256);
        return new Plan(runs.list(), EFFORT);
    }

    private static void add(Runs runs, Workload workload, int parameter) {
        Case question = new Case(workload, parameter, ThreadKind.EVENT_LOOP, 1);
        runs.add(question, Row.MAGPOOL, Row.ADAPTIVE, Row.POOLED);
        runs.add(question, Row.ADAPTIVE, Setting.WITHOUT_UNSAFE);
        runs.add(question, Row.POOLED, Setting.WITHOUT_UNSAFE);
    }

    /** Starts each for a moment: every number, and every benchmark with every row that has a {@code ByteBuf}. */
    static void smoke(Runs runs) {
        for (NumberAccess access : NumberAccess.values()) {
            runs.add(new Case(Workload.ACCESS, Workload.parameterOf(access), ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        }
        for (Workload workload : Workload.values()) {
            if (workload.isByteAccess() && workload != Workload.ACCESS) {
                int parameter = workload == Workload.HEAP_ACCESS ? Workload.parameterOf(NumberAccess.GET_INT) : 4 << 10;
                runs.add(new Case(workload, parameter, ThreadKind.EVENT_LOOP, 1), Row.values());
            }
        }
        runs.add(new Case(Workload.ACCESS, Workload.parameterOf(NumberAccess.GET_INT), ThreadKind.EVENT_LOOP, 1),
                Row.ADAPTIVE, Row.POOLED, Row.UNPOOLED, Row.FLOOR);
    }
}
