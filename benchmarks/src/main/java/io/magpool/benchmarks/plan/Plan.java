/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.rows.Setting;
import io.magpool.benchmarks.threads.ThreadKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is measured, in this order. The rows of a case are neighbours, so that a machine that warms up or gets busy
 * treats them alike.
 *
 * @param runs the runs, each once
 * @param effort how long each takes
 */
public record Plan(List<Run> runs, Effort effort) {

    /**
     * How long the quick comparison may take: the same command compiles the project first, and both together end within
     * four minutes.
     */
    static final Duration QUICK = Duration.ofSeconds(162);

    private static final Row[] BYTE_BUFS = {Row.MAGPOOL, Row.ADAPTIVE, Row.POOLED, Row.FLOOR};
    private static final Row[] POOLS = {Row.MAGPOOL, Row.ADAPTIVE, Row.POOLED};
    private static final Row[] BYTE_BUFS_AND_UNPOOLED =
            {Row.MAGPOOL, Row.ADAPTIVE, Row.POOLED, Row.UNPOOLED, Row.FLOOR};

    /** Makes an immutable copy. */
    public Plan {
        runs = List.copyOf(runs);
    }

    /**
     * Returns the comparison that takes minutes: each workload where it tells most, and enough sizes for a chart.
     *
     * @param wanted which runs to keep; the fewer, the longer each takes
     * @return a plan
     */
    public static Plan quick(Predicate<Run> wanted) {
        Runs runs = new Runs(wanted);
        pairs(runs, ThreadKind.EVENT_LOOP, BYTE_BUFS, 64, 256, 4 << 10, 64 << 10, 1 << 20);
        pairs(runs, ThreadKind.PLAIN, POOLS, 256, 4 << 10, 64 << 10, 1 << 20);
        runs.add(new Case(Workload.PAIR_AFTER_BURSTS, 256, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL, Row.ADAPTIVE,
                Row.POOLED, Row.POOL_API);
        runs.add(new Case(Workload.PAIR_AFTER_BURSTS, 256, ThreadKind.PLAIN, 1), POOLS);
        runs.add(new Case(Workload.PAIR, 256, ThreadKind.VIRTUAL, 1), POOLS);
        runs.add(new Case(Workload.PAIR, 256, ThreadKind.VIRTUAL, 2), POOLS);
        runs.add(new Case(Workload.HEAP_PAIR, 256, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL, Row.ADAPTIVE, Row.POOLED,
                Row.POOL_API);
        runs.add(new Case(Workload.REPLACEMENT, 128, ThreadKind.EVENT_LOOP, 1), BYTE_BUFS);
        runs.add(new Case(Workload.REPLACEMENT, 8_192, ThreadKind.EVENT_LOOP, 1), BYTE_BUFS_AND_UNPOOLED);
        runs.add(new Case(Workload.REPLACEMENT, 8_192, ThreadKind.PLAIN, 1), BYTE_BUFS);
        runs.add(new Case(Workload.HAND_OFF, 256, ThreadKind.EVENT_LOOP, 1), BYTE_BUFS);
        runs.add(new Case(Workload.HAND_OFF, 64 << 10, ThreadKind.EVENT_LOOP, 1), BYTE_BUFS);
        runs.add(new Case(Workload.ONE_WAY, 256, ThreadKind.EVENT_LOOP, 1), BYTE_BUFS);
        runs.add(new Case(Workload.THREAD_CHURN, 1_024, ThreadKind.PLAIN, 1), POOLS);
        return new Plan(runs.list(), Effort.within(QUICK, runs.list().size()));
    }

    /** Adds the pair in some sizes; in two of them with every row. */
    private static void pairs(Runs runs, ThreadKind kind, Row[] rows, int... sizes) {
        for (int size : sizes) {
            boolean everyRow = size == 256 || size == 64 << 10;
            runs.add(new Case(Workload.PAIR, size, kind, 1), everyRow ? Row.values() : rows);
        }
    }

    /**
     * Returns everything, which takes hours.
     *
     * @param wanted which runs to keep
     * @param cores how many cores there are; workloads with partners are doubled only if there are four
     * @return a plan
     */
    public static Plan full(Predicate<Run> wanted, int cores) {
        Runs runs = new Runs(wanted);
        for (ThreadKind kind : ThreadKind.values()) {
            for (int threads = 1; threads <= 2; threads++) {
                for (int size = 64; size <= 1 << 20; size *= 2) {
                    runs.add(new Case(Workload.PAIR, size, kind, threads), Row.values());
                    runs.add(new Case(Workload.PAIR_AFTER_BURSTS, size, kind, threads), Row.values());
                }
                for (int size = 64; size <= 1 << 20; size *= 4) {
                    runs.add(new Case(Workload.HEAP_PAIR, size, kind, threads), Row.values());
                }
                runs.add(new Case(Workload.THREAD_CHURN, 128, kind, threads), Row.values());
                runs.add(new Case(Workload.THREAD_CHURN, 8_192, kind, threads), Row.values());
                for (int live = 128; live <= 65_536; live *= 8) {
                    runs.add(new Case(Workload.REPLACEMENT, live, kind, threads), Row.values());
                }
                if (2 * threads <= Math.max(2, cores)) {
                    for (int size : new int[]{256, 4 << 10, 64 << 10}) {
                        runs.add(new Case(Workload.HAND_OFF, size, kind, threads), Row.values());
                        runs.add(new Case(Workload.ONE_WAY, size, kind, threads), Row.values());
                    }
                }
            }
        }
        return new Plan(runs.list(), new Effort(2, 4, 5, Duration.ofMillis(500), true));
    }

    /**
     * Returns what shows how allocators scale: the same work on 1, 2, 4 and more threads at once, to one for each core.
     *
     * @param wanted which runs to keep
     * @param cores how many cores there are
     * @return a plan
     */
    public static Plan scaling(Predicate<Run> wanted, int cores) {
        Runs runs = new Runs(wanted);
        scaling(runs, new Case(Workload.PAIR, 256, ThreadKind.EVENT_LOOP, 1), cores);
        scaling(runs, new Case(Workload.PAIR, 256, ThreadKind.VIRTUAL, 1), cores);
        scaling(runs, new Case(Workload.REPLACEMENT, 1_024, ThreadKind.EVENT_LOOP, 1), cores);
        scaling(runs, new Case(Workload.REPLACEMENT, 1_024, ThreadKind.PLAIN, 1), cores);
        scaling(runs, new Case(Workload.HAND_OFF, 256, ThreadKind.EVENT_LOOP, 1), cores);
        scaling(runs, new Case(Workload.HAND_OFF, 64 << 10, ThreadKind.EVENT_LOOP, 1), cores);
        scaling(runs, new Case(Workload.ONE_WAY, 256, ThreadKind.EVENT_LOOP, 1), cores);
        return new Plan(runs.list(), Effort.within(QUICK, runs.list().size()));
    }

    private static void scaling(Runs runs, Case one, int cores) {
        int most = one.workload().crossesThreads() ? Math.max(1, cores / 2) : cores;
        for (int threads = 1; threads <= most; threads *= 2) {
            runs.add(new Case(one.workload(), one.parameter(), one.kind(), threads), POOLS);
        }
    }

    /**
     * Returns what two builds of Magpool are compared by: each workload once, on the threads where it tells most.
     *
     * @param wanted which runs to keep
     * @return a plan for one fork of each run
     */
    public static Plan builds(Predicate<Run> wanted) {
        Runs runs = new Runs(wanted);
        Row[] both = {Row.MAGPOOL, Row.POOL_API};
        for (ThreadKind kind : ThreadKind.values()) {
            runs.add(new Case(Workload.PAIR, 256, kind, 1), both);
        }
        runs.add(new Case(Workload.PAIR_AFTER_BURSTS, 256, ThreadKind.EVENT_LOOP, 1), both);
        runs.add(new Case(Workload.PAIR, 64 << 10, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        runs.add(new Case(Workload.HEAP_PAIR, 256, ThreadKind.EVENT_LOOP, 1), both);
        runs.add(new Case(Workload.REPLACEMENT, 128, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        runs.add(new Case(Workload.REPLACEMENT, 8_192, ThreadKind.EVENT_LOOP, 1), both);
        runs.add(new Case(Workload.REPLACEMENT, 8_192, ThreadKind.PLAIN, 1), Row.MAGPOOL);
        runs.add(new Case(Workload.HAND_OFF, 256, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        runs.add(new Case(Workload.HAND_OFF, 64 << 10, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        runs.add(new Case(Workload.ONE_WAY, 256, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        runs.add(new Case(Workload.THREAD_CHURN, 1_024, ThreadKind.PLAIN, 1), Row.MAGPOOL);
        return new Plan(runs.list(), new Effort(1, 3, 3, Duration.ofMillis(250), true));
    }

    /**
     * Returns what the price of trim is told by: steady load, for some of the trimmer's intervals in each fork.
     *
     * @param wanted which runs to keep
     * @return a plan for one fork of each run
     */
    public static Plan priceOfTrim(Predicate<Run> wanted) {
        Runs runs = new Runs(wanted);
        runs.add(new Case(Workload.PAIR, 256, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        runs.add(new Case(Workload.REPLACEMENT, 8_192, ThreadKind.EVENT_LOOP, 1), Row.MAGPOOL);
        return new Plan(runs.list(), new Effort(1, 1, 3, Duration.ofMillis(700), true));
    }

    /**
     * Returns every benchmark and every row for a moment, in this JVM.
     *
     * @param wanted which runs to keep
     * @return a plan
     */
    public static Plan smoke(Predicate<Run> wanted) {
        Runs runs = new Runs(wanted);
        for (ThreadKind kind : ThreadKind.values()) {
            for (int threads = 1; threads <= 2; threads++) {
                runs.add(new Case(Workload.PAIR, 256, kind, threads), Row.values());
                runs.add(new Case(Workload.PAIR, 1 << 20, kind, threads), Row.values());
                runs.add(new Case(Workload.REPLACEMENT, 128, kind, threads), Row.values());
                runs.add(new Case(Workload.THREAD_CHURN, 128, kind, threads), Row.values());
            }
            runs.add(new Case(Workload.PAIR_AFTER_BURSTS, 256, kind, 1), Row.values());
            runs.add(new Case(Workload.HEAP_PAIR, 256, kind, 1), Row.values());
            runs.add(new Case(Workload.HAND_OFF, 256, kind, 1), Row.values());
            runs.add(new Case(Workload.ONE_WAY, 256, kind, 1), Row.values());
        }
        AccessPlan.smoke(runs);
        return new Plan(runs.list(), new Effort(1, 0, 1, Duration.ofMillis(10), false));
    }

    /**
     * Returns every row and every setting for a moment in a JVM of its own: do the flags still work?
     *
     * @param wanted which runs to keep
     * @return a plan
     */
    public static Plan smokeOfFlags(Predicate<Run> wanted) {
        Runs runs = new Runs(wanted);
        Case pair = new Case(Workload.PAIR, 256, ThreadKind.EVENT_LOOP, 1);
        runs.add(pair, Row.values());
        for (Setting setting : EnumSet.complementOf(EnumSet.of(Setting.PLAIN))) {
            runs.add(pair, setting == Setting.WITHOUT_UNSAFE ? Row.ADAPTIVE : Row.MAGPOOL, setting);
        }
        return new Plan(runs.list(), new Effort(1, 0, 1, Duration.ofMillis(10), true));
    }

    /**
     * Estimates how long it takes.
     *
     * @return a time
     */
    public Duration duration() {
        return effort.of(runs.size());
    }
}
