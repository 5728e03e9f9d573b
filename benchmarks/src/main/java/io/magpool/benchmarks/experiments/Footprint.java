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
import io.magpool.benchmarks.threads.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What does an allocator cost beside the buffers? What a thread keeps that used it once, its start, and the Java heap behind
 * each buffer.
 */
final class Footprint implements Experiment {

    private static final List<Candidate> CANDIDATES = List.of(Candidate.MAGPOOL, Candidate.ADAPTIVE, Candidate.POOLED);
    private static final List<ThreadKind> KINDS = List.of(ThreadKind.EVENT_LOOP, ThreadKind.PLAIN);
    private static final int[] SIZES = {64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20};
    private static final int SIZE_OF_IDLE = 256;
    private static final int MANY = 300;
    private static final long MOST_BYTES = 64 << 20;
    private static final int MOST_BUFFERS = 50_000;
    private static final int FEWEST_BUFFERS = 200;
    private static final Map<String, String> LABELS =
            Map.of("resident", "resident", "virtual", "address space", "heap", "Java heap");
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    @Override
    public String question() {
        return "What does an allocator cost beside the buffers?";
    }

    @Override
    public List<Step> steps(Extent extent) {
        List<Step> steps = new ArrayList<>();
        for (Candidate candidate : extent.installed(CANDIDATES)) {
            for (ThreadKind kind : KINDS) {
                steps.add(Step.of(candidate, "idle " + kind.label() + " threads", HEAP, Fields.none()
                        .with("what", "idle")
                        .with("kind", kind.name())
                        .with("threads", extent.smoke() ? 10 : 1_000)));
            }
            steps.add(Step.of(candidate, "start", HEAP, Fields.none().with("what", "start")));
            steps.add(Step.of(candidate, "many allocators", HEAP, Fields.none()
                    .with("what", "many")
                    .with("allocators", extent.smoke() ? 3 : MANY)));
            for (int size : extent.smoke() ? new int[]{256} : SIZES) {
                long count = Math.clamp(MOST_BYTES / size, FEWEST_BUFFERS, MOST_BUFFERS);
                steps.add(Step.of(candidate, "heap behind " + Sizes.words(size), HEAP, Fields.none()
                        .with("what", "heap")
                        .with("size", size)
                        .with("count", extent.smoke() ? 10 : count)));
            }
        }
        return steps;
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException {
        Candidate candidate = Step.candidate(parameters);
        switch (parameters.text("what")) {
            case "idle" -> {
                ThreadKind kind = ThreadKind.valueOf(parameters.text("kind"));
                IdleThreads.measure(candidate, kind, Math.toIntExact(parameters.number("threads")), SIZE_OF_IDLE,
                        report);
            }
            case "start" -> measureStart(candidate, report);
            case "many" -> measureMany(candidate, Math.toIntExact(parameters.number("allocators")), report);
            case "heap" -> measureHeap(candidate, parameters, report);
            default -> throw new IllegalArgumentException("what is " + parameters.text("what"));
        }
    }

    /** From nothing to the first buffer that was released, with all classes that have to be loaded for it. */
    private static void measureStart(Candidate candidate, Consumer<Fields> report) {
        report.accept(Readings.ofProcess(Readings.ofHeap(Fields.none().with("stage", "before"))));
        long start = System.nanoTime();
        MemorySubject subject = candidate.open();
        subject.release(subject.acquireUntouched(SIZE_OF_IDLE));
        long nanos = System.nanoTime() - start;
        Fields after = Fields.none().with("stage", "after").with("nanos", nanos).with("charged", subject.charged());
        report.accept(Readings.ofProcess(Readings.ofHeap(after)));
        subject.close();
    }

    /** Many at once in one process, each of which has served once. The first one, which loads the classes, is not counted. */
    private static void measureMany(Candidate candidate, int count, Consumer<Fields> report) {
        List<MemorySubject> open = new ArrayList<>();
        try {
            open.add(servedOnce(candidate));
            report.accept(Readings.ofProcess(Readings.ofHeap(Fields.none().with("stage", "before"))));
            while (open.size() <= count) {
                open.add(servedOnce(candidate));
            }
            report.accept(Readings.ofProcess(Readings.ofHeap(Fields.none().with("stage", "after"))));
        } finally {
            open.forEach(MemorySubject::close);
        }
    }

    private static MemorySubject servedOnce(Candidate candidate) {
        MemorySubject subject = candidate.open();
        subject.release(subject.acquireUntouched(SIZE_OF_IDLE));
        return subject;
    }

    private static void measureHeap(Candidate candidate, Fields parameters, Consumer<Fields> report) {
        int size = Math.toIntExact(parameters.number("size"));
        Object[] held = new Object[Math.toIntExact(parameters.number("count"))];
        try (MemorySubject subject = candidate.open()) {
            subject.release(subject.acquireUntouched(size));
            report.accept(Readings.ofHeap(Fields.none().with("stage", "before")));
            for (int i = 0; i < held.length; i++) {
                held[i] = subject.acquireUntouched(size);
            }
            report.accept(Readings.ofHeap(Fields.none().with("stage", "held")));
            for (int i = 0; i < held.length; i++) {
                subject.release(held[i]);
                held[i] = "released";
            }
            report.accept(Readings.ofHeap(Fields.none().with("stage", "released")));
        }
    }

    @Override
    public Findings findings(List<Outcome> outcomes) {
        List<List<String>> lines = new ArrayList<>();
        for (ThreadKind kind : KINDS) {
            String what = "idle " + kind.label() + " thread";
            lines.add(line(what + ", resident", "bytes", outcomes, outcome -> idle(outcome, kind, "resident")));
            lines.add(line(what + ", says it has", "bytes", outcomes, outcome -> idle(outcome, kind, "charged")));
            lines.add(line(what + ", Java heap", "bytes", outcomes, outcome -> idle(outcome, kind, "heap")));
        }
        lines.add(line("start, to the first buffer", "ms", outcomes, outcome -> start(outcome, "nanos", 1e6)));
        lines.add(line("start, resident", "MiB", outcomes, outcome -> start(outcome, "resident", 1 << 20)));
        lines.add(line("start, address space", "MiB", outcomes, outcome -> start(outcome, "virtual", 1 << 20)));
        lines.add(line("start, Java heap", "KiB", outcomes, outcome -> start(outcome, "heap", 1 << 10)));
        for (String figure : List.of("resident", "virtual", "heap")) {
            lines.add(line("one of " + MANY + " allocators, " + LABELS.get(figure), "KiB", outcomes,
                    outcome -> many(outcome, figure)));
        }
        for (int size : SIZES) {
            lines.add(line("heap behind a buffer of " + Sizes.words(size), "bytes", outcomes,
                    outcome -> heap(outcome, size, "held")));
            lines.add(line("the same, released", "bytes", outcomes, outcome -> heap(outcome, size, "released")));
        }
        List<String> head = new ArrayList<>(List.of("what", "unit"));
        CANDIDATES.forEach(candidate -> head.add(candidate.label().replace(' ', '\n')));
        List<String> notes = List.of(
                "Idle threads: 1,000 threads, each of which has acquired and released one buffer of " + SIZE_OF_IDLE
                        + " bytes; for each of them, what is there more than before they did.",
                "Start: in a fresh JVM, class loading included. Says it has: of the operating system, by its own statistics.",
                "One of " + MANY + " allocators: all open at once in one process, each has served one buffer of "
                        + SIZE_OF_IDLE + " bytes to the same thread.",
                "Heap behind a buffer: in use after a collection, less what was in use before the burst, for each of up to "
                        + MOST_BUFFERS + " buffers.");
        return new Findings(new Table(head, lines), notes, List.of(panel(outcomes)));
    }

    /** Finds a figure in an outcome, if it is there. */
    private interface Figure {
        Optional<Double> of(Outcome outcome);
    }

    private static List<String> line(String what, String unit, List<Outcome> outcomes, Figure figure) {
        List<String> line = new ArrayList<>(List.of(what, unit));
        for (Candidate candidate : CANDIDATES) {
            line.add(outcomes.stream()
                    .filter(outcome -> outcome.step().candidate() == candidate)
                    .flatMap(outcome -> figure.of(outcome).stream())
                    .findFirst()
                    .map(value -> String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%,.0f", value))
                    .orElse("-"));
        }
        return line;
    }

    private static boolean measures(Outcome outcome, String what) {
        return outcome.step().parameters().text("what").equals(what);
    }

    private static Optional<Double> idle(Outcome outcome, ThreadKind kind, String figure) {
        if (!measures(outcome, "idle") || !outcome.step().parameters().text("kind").equals(kind.name())) {
            return Optional.empty();
        }
        return Optional.of(grown(outcome, figure, "after") / outcome.step().parameters().number("threads"));
    }

    private static Optional<Double> start(Outcome outcome, String figure, double unit) {
        if (!measures(outcome, "start")) {
            return Optional.empty();
        }
        double value = figure.equals("nanos")
                ? outcome.report("stage", "after").number(figure)
                : grown(outcome, figure, "after");
        return Optional.of(value / unit);
    }

    private static Optional<Double> many(Outcome outcome, String figure) {
        return measures(outcome, "many")
                ? Optional.of(
                        grown(outcome, figure, "after") / outcome.step().parameters().number("allocators") / (1 << 10))
                : Optional.empty();
    }

    private static Optional<Double> heap(Outcome outcome, int size, String stage) {
        if (!measures(outcome, "heap") || outcome.step().parameters().number("size") != size) {
            return Optional.empty();
        }
        return Optional.of(grown(outcome, "heap", stage) / outcome.step().parameters().number("count"));
    }

    private static double grown(Outcome outcome, String figure, String stage) {
        return outcome.report("stage", stage).number(figure) - outcome.report("stage", "before").number(figure);
    }

    private static LineChart.Panel panel(List<Outcome> outcomes) {
        List<LineChart.Curve> curves = new ArrayList<>();
        double most = 1;
        for (Candidate candidate : CANDIDATES) {
            List<LineChart.Point> points = new ArrayList<>();
            for (int size : SIZES) {
                outcomes.stream()
                        .filter(outcome -> outcome.step().candidate() == candidate)
                        .flatMap(outcome -> heap(outcome, size, "held").stream())
                        .forEach(value -> points.add(new LineChart.Point(size, Math.max(0, value))));
            }
            most = Math.max(most, points.stream().mapToDouble(LineChart.Point::y).max().orElse(0));
            curves.add(
                    new LineChart.Curve(candidate.label(), candidate.colour(), candidate == Candidate.MAGPOOL, points));
        }
        return new LineChart.Panel("Java heap behind a buffer in use", "bytes for each buffer, less is better",
                "bytes of a buffer", Axis.bytes(SIZES[0], SIZES[SIZES.length - 1]), Axis.linear(most, ""), curves);
    }
}
