/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.os.Pages;
import io.magpool.benchmarks.report.Axis;
import io.magpool.benchmarks.report.LineChart;
import io.magpool.benchmarks.report.Sizes;
import io.magpool.benchmarks.report.Table;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A burst and its survivors: 1 GiB of buffers of one size is acquired, then released in random order, but for a few at
 * random; and later fewer still, until none is left. How much stays resident under the buffers, in the process, and on
 * the Java heap?
 */
final class BurstAndSurvivors implements Experiment {

    private static final long BURST = 1L << 30;
    private static final long SMOKE_BURST = 8 << 20;
    private static final int[] SIZES = {256, 4 << 10, 16 << 10, 256 << 10};
    private static final int[] SURVIVORS_PERCENT = {20, 5, 1, 0};
    private static final List<Candidate> CANDIDATES = List.of(Candidate.MAGPOOL, Candidate.ADAPTIVE, Candidate.POOLED);

    /** How long each share of survivors is watched: longer than two intervals of a policy that counts seconds. */
    private static final long PHASE_MILLIS = 2_200;
    private static final long SAMPLE_MILLIS = 250;
    private static final long MIB = 1 << 20;
    private static final long SEED = 19_941_117;

    @Override
    public String question() {
        return "What stays of a burst, with a few survivors scattered at random?";
    }

    @Override
    public List<Step> steps(Extent extent) {
        long burst = extent.smoke() ? SMOKE_BURST : extent.burst(BURST, 1.5);
        String heap = extent.smoke() ? "-Xmx256m" : "-Xmx2560m";
        List<Step> steps = new ArrayList<>();
        for (int size : SIZES) {
            Fields parameters = Fields.none()
                    .with("size", size)
                    .with("count", burst / size)
                    .with("phase", extent.smoke() ? 1 : PHASE_MILLIS);
            for (Candidate candidate : extent.installed(CANDIDATES)) {
                steps.add(Step.of(candidate, Sizes.words(size), List.of("-Xms64m", heap), parameters));
            }
        }
        return steps;
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException {
        int size = Math.toIntExact(parameters.number("size"));
        int count = Math.toIntExact(parameters.number("count"));
        try (MemorySubject subject = Step.candidate(parameters).open()) {
            subject.release(subject.acquireUntouched(size));
            Object[] held = new Object[count];
            long[] addresses = new long[count];
            try {
                Watch watch = new Watch(subject, report);
                watch.before();
                burst(subject, size, held, addresses, watch, parameters.number("phase"));
            } finally { // the arrays are on the heap from before the burst to the end
                Reference.reachabilityFence(addresses);
                Reference.reachabilityFence(held);
            }
        }
    }

    private static void burst(MemorySubject subject, int size, Object[] held, long[] addresses, Watch watch, long phase)
            throws InterruptedException {
        for (int i = 0; i < held.length; i++) {
            held[i] = subject.acquire(size);
            addresses[i] = subject.address(held[i]);
        }
        Pages pages = Pages.under(addresses, size);
        shuffle(held);
        watch.held(pages);
        int alive = held.length;
        for (int percent : SURVIVORS_PERCENT) {
            int survivors = (int) Math.round(held.length * (percent / 100.0));
            while (alive > survivors) {
                alive--;
                subject.release(held[alive]);
                held[alive] = "released";
            }
            watch.phase(pages, percent, phase);
        }
    }

    private static void shuffle(Object[] buffers) {
        Random random = new Random(SEED);
        for (int i = buffers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Object buffer = buffers[i];
            buffers[i] = buffers[other];
            buffers[other] = buffer;
        }
    }

    /** Looks at the process now and then, and reports. The time is that since the burst was held. */
    private static final class Watch {

        private final MemorySubject subject;
        private final Consumer<Fields> report;
        private long start;

        Watch(MemorySubject subject, Consumer<Fields> report) {
            this.subject = subject;
            this.report = report;
        }

        void before() {
            report.accept(Readings.ofProcess(Readings.ofHeap(Fields.none().with("stage", "before"))));
        }

        void held(Pages pages) {
            Fields fields = Readings.ofHeap(Fields.none().with("stage", "held").with("pages", pages.bytes()));
            start = System.nanoTime();
            report.accept(sampled(fields, pages));
        }

        void phase(Pages pages, int percent, long millis) throws InterruptedException {
            long end = System.nanoTime() + millis * 1_000_000;
            while (true) {
                report.accept(sampled(Fields.none().with("stage", "sample"), pages));
                if (System.nanoTime() >= end) {
                    break;
                }
                Thread.sleep(Math.min(SAMPLE_MILLIS, millis));
            }
            report.accept(sampled(Readings.ofHeap(Fields.none().with("stage", "left " + percent)), pages));
        }

        private Fields sampled(Fields fields, Pages pages) {
            return Readings.ofProcess(fields)
                    .with("millis", (System.nanoTime() - start) / 1_000_000)
                    .with("regions", pages.resident())
                    .with("charged", subject.charged());
        }
    }

    @Override
    public Findings findings(List<Outcome> outcomes) {
        List<List<String>> lines = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            for (int percent : SURVIVORS_PERCENT) {
                lines.add(line(outcome, percent));
            }
        }
        List<String> head = List.of("buffers", "allocator", "survivors", "arithmetic", "regions", "regions\nMiB",
                "RSS\nMiB", "says it has\nMiB", "heap of\nburst MiB", "heap\nleft MiB", "heap left");
        List<String> notes = List.of(
                "Survivors: the share of the buffers that is not released; 20 %, then fewer of these, in the same JVM; looked at"
                        + " " + PHASE_MILLIS / 1_000.0 + " s after the release.",
                "regions: resident pages under the buffers of the burst (mincore), as a share of these pages; arithmetic: the"
                        + " share that survivors lie on, below which nobody can come who does not move buffers.",
                "RSS: of the process, the Java heap included, less what it had before. Heap: in use after a collection, less what"
                        + " it had before; left: as a share of what the burst had.",
                "Released in random order (seed " + SEED + "), by the thread that acquired.");
        return new Findings(new Table(head, lines), notes, panels(outcomes));
    }

    private static List<String> line(Outcome outcome, int percent) {
        Fields before = outcome.report("stage", "before");
        Fields held = outcome.report("stage", "held");
        Fields left = outcome.report("stage", "left " + percent);
        int size = Math.toIntExact(outcome.step().parameters().number("size"));
        long heapOfBurst = held.number("heap") - before.number("heap");
        long heapLeft = left.number("heap") - before.number("heap");
        return List.of(Sizes.words(size), outcome.step().candidate().label(), percent + "%",
                Sizes.percent(Occupancy.ofPages(size, percent / 100.0)),
                Sizes.percent(left.number("regions") / (double) held.number("pages")),
                Sizes.mebibytes(left.number("regions")),
                Sizes.mebibytes(left.number("resident") - before.number("resident")),
                Sizes.mebibytes(left.number("charged")),
                Sizes.mebibytes(heapOfBurst),
                Sizes.mebibytes(heapLeft),
                Sizes.percent(Math.max(0, heapLeft) / (double) heapOfBurst));
    }

    private static List<LineChart.Panel> panels(List<Outcome> outcomes) {
        List<LineChart.Panel> panels = new ArrayList<>();
        for (int size : SIZES) {
            panels.add(panel("Burst of " + Sizes.words(size) + ", then 20, 5, 1 and 0 % survivors",
                    "pages of the burst that are still resident, less is better", "%", ofSize(size, outcomes),
                    BurstAndSurvivors::regions));
        }
        panels.add(panel("The process, burst of " + Sizes.words(SIZES[2]), "RSS beyond that before the burst, MiB", "",
                ofSize(SIZES[2], outcomes), BurstAndSurvivors::processMebibytes));
        panels.add(panel("The Java heap, burst of " + Sizes.words(SIZES[0]),
                "in use after a collection, beyond that before the burst, MiB", "", ofSize(SIZES[0], outcomes),
                BurstAndSurvivors::heapMebibytes));
        return panels;
    }

    private static List<Outcome> ofSize(int size, List<Outcome> outcomes) {
        return outcomes.stream().filter(outcome -> outcome.step().parameters().number("size") == size).toList();
    }

    /** What a curve shows of a reading, if the reading has it. */
    private interface Figure {
        OptionalDouble of(Outcome outcome, Fields reading);
    }

    private static OptionalDouble regions(Outcome outcome, Fields reading) {
        return OptionalDouble.of(
                100.0 * reading.number("regions") / outcome.report("stage", "held").number("pages"));
    }

    private static OptionalDouble processMebibytes(Outcome outcome, Fields reading) {
        return OptionalDouble.of(Math.max(0,
                reading.number("resident") - outcome.report("stage", "before").number("resident")) / (double) MIB);
    }

    private static OptionalDouble heapMebibytes(Outcome outcome, Fields reading) {
        return reading.has("heap")
                ? OptionalDouble.of(Math.max(0,
                        reading.number("heap") - outcome.report("stage", "before").number("heap")) / (double) MIB)
                : OptionalDouble.empty();
    }

    private static LineChart.Panel panel(String heading, String subtitle, String unit, List<Outcome> outcomes,
            Figure figure) {
        List<LineChart.Curve> curves = outcomes.stream().map(outcome -> curve(outcome, figure)).toList();
        double seconds = 1;
        double most = unit.isEmpty() ? 1 : 100;
        for (LineChart.Curve curve : curves) {
            for (LineChart.Point point : curve.points()) {
                seconds = Math.max(seconds, point.x());
                most = Math.max(most, point.y());
            }
        }
        return new LineChart.Panel(heading, subtitle, "seconds", Axis.linear(seconds, ""), Axis.linear(most, unit),
                curves);
    }

    private static LineChart.Curve curve(Outcome outcome, Figure figure) {
        List<LineChart.Point> points = new ArrayList<>();
        for (Fields reading : outcome.reported()) {
            if (!reading.text("stage").equals("before")) {
                figure.of(outcome, reading)
                        .ifPresent(value -> points.add(new LineChart.Point(reading.number("millis") / 1e3, value)));
            }
        }
        Candidate candidate = outcome.step().candidate();
        return new LineChart.Curve(candidate.label(), candidate.colour(), candidate == Candidate.MAGPOOL, points);
    }
}
