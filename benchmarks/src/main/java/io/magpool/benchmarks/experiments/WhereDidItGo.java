/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.report.Axis;
import io.magpool.benchmarks.report.LineChart;
import io.magpool.benchmarks.report.Sizes;
import io.magpool.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where did the memory go that I just freed? Each allocator holds some hundred mebibytes in buffers of one size, or one
 * larger buffer, writes to all pages, and releases everything: what does the process still have, in address space and in
 * pages, and what after it was asked to give back?
 */
final class WhereDidItGo implements Experiment {

    private static final long MOST = (2L << 30) - 4_096;
    private static final long[] SIZES = {2 << 10, 16 << 10, 128 << 10, 16 << 20, MOST};
    private static final long TOTAL = 256 << 20;
    private static final long SMOKE_TOTAL = 4 << 20;
    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    private static final List<Candidate> POOLS = List.of(Candidate.MAGPOOL, Candidate.MAGPOOL_DECAY,
            Candidate.MAGPOOL_WATERMARK, Candidate.MAGPOOL_NONE, Candidate.ADAPTIVE, Candidate.POOLED,
            Candidate.UNPOOLED);
    private static final List<Candidate> MALLOCS = List.of(Candidate.MAGPOOL, Candidate.GLIBC,
            Candidate.GLIBC_THRESHOLDS, Candidate.JEMALLOC, Candidate.MIMALLOC, Candidate.TCMALLOC);
    private static final String BEFORE = "before";
    private static final List<String> STAGES = List.of(BEFORE, "held", "released", "later", "trimmed");
    private static final List<String> AFTER_RELEASE = STAGES.subList(2, STAGES.size());

    /**
     * How long after the release one looks: two intervals of the policies that count seconds, and the same for those that never
     * give back.
     */
    private static final long SETTLE_MILLIS = 2_200;

    /** And once more: the decay of two seconds is over then, which begins with the second tick. */
    private static final long LATER_MILLIS = 5_000;

    @Override
    public String question() {
        return "Where did the memory go that I just freed?";
    }

    @Override
    public List<Step> steps(Extent extent) {
        List<Step> steps = new ArrayList<>();
        List<Candidate> candidates = extent.installed(List.of(Candidate.values()));
        for (long size : extent.smoke() ? new long[]{64 << 10} : SIZES) {
            if (!extent.fits(size)) {
                extent.note("Left out, because the machine has too little memory: " + Sizes.words(size) + ".");
                continue;
            }
            long total = extent.smoke() ? SMOKE_TOTAL : Math.max(size, extent.burst(TOTAL, 1));
            Fields parameters = Fields.none()
                    .with("size", size)
                    .with("count", total / size)
                    .with("settle", extent.smoke() ? 0 : SETTLE_MILLIS)
                    .with("later", extent.smoke() ? 0 : LATER_MILLIS);
            for (Candidate candidate : candidates) {
                steps.add(Step.of(candidate, Sizes.words(size), HEAP, parameters));
            }
        }
        return steps;
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException {
        long size = parameters.number("size");
        try (MemorySubject subject = Step.candidate(parameters).open()) {
            subject.release(subject.acquireUntouched(64));
            subject.trim();
            report.accept(stage(BEFORE));
            Object[] held = new Object[Math.toIntExact(parameters.number("count"))];
            for (int i = 0; i < held.length; i++) {
                held[i] = subject.acquire(size);
            }
            report.accept(stage("held"));
            for (Object buffer : held) {
                subject.release(buffer);
            }
            Thread.sleep(parameters.number("settle"));
            report.accept(stage("released"));
            Thread.sleep(parameters.number("later") - parameters.number("settle"));
            report.accept(stage("later"));
            subject.trim();
            report.accept(stage("trimmed"));
        }
    }

    private static Fields stage(String name) {
        return Readings.ofProcess(Fields.none().with("stage", name));
    }

    @Override
    public Findings findings(List<Outcome> outcomes) {
        List<List<String>> lines = outcomes.stream().map(WhereDidItGo::line).toList();
        List<String> notes = List.of(
                "MiB of address space (virtual) and of pages (resident) of the process: what it had before; and less that, held,"
                        + " 2.2 s after everything was released, 5 s after, and after it was then asked to give back.",
                "stays: what is still resident, as a share of what the buffers took.",
                "Asked to give back: glibc by malloc_trim, jemalloc by arena.purge, mimalloc by mi_collect, tcmalloc by"
                        + " ReleaseFreeMemory, Magpool by trim(FULL); Netty's cannot be asked.",
                "Magpool: by default what was idle for a whole second; watermark: what is unused beyond "
                        + Sizes.words(Candidate.WATERMARK)
                        + "; none: nothing by itself; decay: over 2 s, of which little or half has passed after 2.2 s, since chunks"
                        + " count from the second tick after their release, with which they come home to their slabs, and"
                        + " mappings from the first.",
                "glibc, thresholds: M_MMAP_THRESHOLD and M_TRIM_THRESHOLD fixed at 64 KiB.",
                "Magpool and Netty through ByteBuf; the others through FFM, from one thread.");
        return new Findings(new Table(head(), lines), notes,
                List.of(panel("Pools, 2.2 s after the release", "released", outcomes, POOLS),
                        panel("malloc, 2.2 s after the release", "released", outcomes, MALLOCS),
                        panel("Pools, trimmed by hand", "trimmed", outcomes, POOLS),
                        panel("malloc, trimmed by hand", "trimmed", outcomes, MALLOCS)));
    }

    private static List<String> head() {
        List<String> head = new ArrayList<>(List.of("buffers", "allocator"));
        for (String kind : List.of("virtual", "resident")) {
            STAGES.forEach(stage -> head.add(kind + "\n" + stage));
        }
        AFTER_RELEASE.forEach(stage -> head.add("stays\n" + stage));
        return head;
    }

    private static List<String> line(Outcome outcome) {
        Fields parameters = outcome.step().parameters();
        List<String> line = new ArrayList<>();
        line.add(parameters.text("count") + " x " + Sizes.words(parameters.number("size")));
        line.add(outcome.step().candidate().label());
        for (String kind : List.of("virtual", "resident")) {
            line.add(Sizes.mebibytes(outcome.report("stage", BEFORE).number(kind)));
            for (String stage : STAGES.subList(1, STAGES.size())) {
                line.add(Sizes.mebibytes(grown(outcome, kind, stage)));
            }
        }
        AFTER_RELEASE.forEach(stage -> line.add(Sizes.percent(stays(outcome, stage))));
        return line;
    }

    private static long grown(Outcome outcome, String kind, String stage) {
        return outcome.report("stage", stage).number(kind) - outcome.report("stage", BEFORE).number(kind);
    }

    /** Returns what is left of what the buffers took; noise of the JVM may make it slightly negative. */
    static double stays(Outcome outcome, String stage) {
        return Math.max(0, grown(outcome, "resident", stage)) / (double) grown(outcome, "resident", "held");
    }

    private static LineChart.Panel panel(String heading, String stage, List<Outcome> outcomes,
            List<Candidate> candidates) {
        List<LineChart.Curve> curves = new ArrayList<>();
        for (Candidate candidate : candidates) {
            List<LineChart.Point> points = outcomes.stream()
                    .filter(outcome -> outcome.step().candidate() == candidate)
                    .map(outcome -> new LineChart.Point(outcome.step().parameters().number("size"),
                            100 * stays(outcome, stage)))
                    .toList();
            curves.add(
                    new LineChart.Curve(candidate.label(), candidate.colour(), candidate == Candidate.MAGPOOL, points));
        }
        return new LineChart.Panel(heading, "share of what the buffers took, less is better", "bytes of a buffer",
                Axis.bytes(SIZES[0], MOST), Axis.linear(100, "%"), curves);
    }
}
