/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.cases.SizeSequence;
import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.os.ProcessMemory;
import io.magpool.benchmarks.report.Axis;
import io.magpool.benchmarks.report.LineChart;
import io.magpool.benchmarks.report.Sizes;
import io.magpool.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What does a server notice of memory that goes back after a burst? One thread replaces buffers without a pause; another
 * takes a burst, releases it and ends. How long does each acquire take before, during and after it, and how many are there?
 */
final class SteadyService implements Experiment {

    private static final List<Candidate> CANDIDATES = List.of(Candidate.MAGPOOL, Candidate.ADAPTIVE, Candidate.POOLED);
    private static final List<String> PHASES = List.of("before", "burst", "after");
    private static final List<Percentile> PERCENTILES = List.of(new Percentile("p50", 0.5), new Percentile("p99", 0.99),
            new Percentile("p99.9", 0.999), new Percentile("p99.99", 0.9999));
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    private static final long BURST = 512 << 20;
    private static final long SMOKE_BURST = 4 << 20;
    private static final int ROUNDS = 4;
    private static final int BUFFER = 16 << 10;
    private static final int LIVE = 1_024;
    private static final long BEFORE_MILLIS = 2_000;
    private static final long AFTER_MILLIS = 5_000;

    /** A percentile, as readers and as programs know it. */
    private record Percentile(String label, double share) {}

    @Override
    public String question() {
        return "What does steady service notice of a burst that goes back?";
    }

    @Override
    public List<Step> steps(Extent extent) {
        List<Step> steps = new ArrayList<>();
        long burst = extent.smoke() ? SMOKE_BURST : extent.burst(BURST, 0.5);
        Fields parameters = Fields.none()
                .with("burst", burst)
                .with("before", extent.smoke() ? 20 : BEFORE_MILLIS)
                .with("after", extent.smoke() ? 20 : AFTER_MILLIS);
        for (int round = 0; round < (extent.smoke() ? 1 : ROUNDS); round++) {
            for (Candidate candidate : extent.installed(CANDIDATES)) {
                steps.add(Step.of(candidate, "round " + (round + 1), HEAP, parameters.with("round", round)));
            }
        }
        return steps;
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException {
        try (MemorySubject subject = Step.candidate(parameters).open()) {
            Service service = new Service(subject, report);
            service.serveFor("warm-up", parameters.number("before"));
            service.serveFor("before", parameters.number("before"));
            Thread burst = Thread.ofPlatform().name("burst").start(() -> burst(subject, parameters.number("burst")));
            service.serveWhile("burst", burst);
            service.serveFor("after", parameters.number("after"));
            service.end();
        }
    }

    private static void burst(MemorySubject subject, long bytes) {
        Object[] held = new Object[Math.toIntExact(bytes / BUFFER)];
        for (int i = 0; i < held.length; i++) {
            held[i] = subject.acquire(BUFFER);
        }
        for (Object buffer : held) {
            subject.release(buffer);
        }
    }

    /** The thread that serves, what it holds, and what it has seen in a phase. */
    private static final class Service {

        private static final long WINDOW_NANOS = 100_000_000;
        private static final int BETWEEN_LOOKS = 64;

        private final MemorySubject subject;
        private final Consumer<Fields> report;
        private final SizeSequence sizes = SizeSequence.recorded();
        private final Object[] live = new Object[LIVE];
        private final long start = System.nanoTime();
        private int random = 0x9E37_79B9;

        Service(MemorySubject subject, Consumer<Fields> report) {
            this.subject = subject;
            this.report = report;
            for (int i = 0; i < LIVE; i++) {
                live[i] = subject.acquireUntouched(sizes.next());
            }
        }

        void serveFor(String phase, long millis) {
            long end = System.nanoTime() + millis * 1_000_000;
            serve(phase, () -> System.nanoTime() < end);
        }

        void serveWhile(String phase, Thread other) {
            serve(phase, other::isAlive);
        }

        private void serve(String phase, BooleanSupplier goOn) {
            LatencyHistogram times = new LatencyHistogram();
            List<Fields> windows = new ArrayList<>();
            long began = System.nanoTime();
            long windowStart = began;
            long windowCount = 0;
            do {
                for (int i = 0; i < BETWEEN_LOOKS; i++) {
                    times.add(replace());
                }
                long now = System.nanoTime();
                if (now - windowStart >= WINDOW_NANOS) {
                    windows.add(window(now, (times.count() - windowCount) * 1e9 / (now - windowStart)));
                    windowStart = now;
                    windowCount = times.count();
                }
            } while (goOn.getAsBoolean());
            double seconds = (System.nanoTime() - began) / 1e9;
            windows.forEach(report);
            report.accept(summary(phase, times, seconds));
        }

        private Fields window(long now, double rate) {
            return Fields.none().with("stage", "window").with("millis", (now - start) / 1_000_000).with("rate", rate);
        }

        private Fields summary(String phase, LatencyHistogram times, double seconds) {
            Fields fields = Fields.none()
                    .with("stage", phase)
                    .with("rate", times.count() / seconds)
                    .with("max", times.most())
                    .with("resident", ProcessMemory.now().resident());
            for (Percentile percentile : PERCENTILES) {
                fields = fields.with(percentile.label, times.percentile(percentile.share));
            }
            return fields;
        }

        /** Releases one, any, and returns how long it took to acquire another. */
        private long replace() {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            int any = random & LIVE - 1;
            subject.release(live[any]);
            int size = sizes.next();
            long begin = System.nanoTime();
            Object buffer = subject.acquireUntouched(size);
            long nanos = System.nanoTime() - begin;
            live[any] = buffer;
            return nanos;
        }

        void end() {
            for (Object buffer : live) {
                subject.release(buffer);
            }
        }
    }

    @Override
    public Findings findings(List<Outcome> outcomes) {
        List<String> head = new ArrayList<>(List.of("allocator", "phase", "million\nacquires/s"));
        PERCENTILES.forEach(percentile -> head.add(percentile.label + "\nns"));
        head.addAll(List.of("longest\nus", "p99.9 :\nbefore", "RSS at the\nend, MiB"));
        List<List<String>> lines = new ArrayList<>();
        for (Candidate candidate : CANDIDATES) {
            List<Outcome> own =
                    outcomes.stream().filter(outcome -> outcome.step().candidate() == candidate).toList();
            if (!own.isEmpty()) {
                PHASES.forEach(phase -> lines.add(line(candidate, phase, own)));
            }
        }
        List<String> notes = List.of(
                "One thread replaces one of " + LIVE
                        + " buffers of recorded sizes again and again; meanwhile another acquires a"
                        + " burst of " + Sizes.words(BUFFER) + " buffers, writes to all of it, releases it and ends.",
                "Times are those of acquire alone, two readings of the clock included (some 20 to 40 ns). Medians over the rounds,"
                        + " JVMs in turns; longest: of all rounds.",
                "after: " + AFTER_MILLIS / 1_000
                        + " s, in which memory may go back. RSS includes a Java heap of 512 MiB, resident from the start.");
        return new Findings(new Table(head, lines), notes, panels(outcomes));
    }

    private static List<String> line(Candidate candidate, String phase, List<Outcome> own) {
        List<String> line = new ArrayList<>(List.of(candidate.label(), phase,
                String.format(Locale.ROOT, "%.2f", median(own, phase, "rate") / 1e6)));
        for (Percentile percentile : PERCENTILES) {
            line.add(String.format(Locale.ROOT, "%,.0f", median(own, phase, percentile.label)));
        }
        double longest =
                own.stream().mapToDouble(outcome -> outcome.report("stage", phase).real("max")).max().orElse(0);
        line.add(String.format(Locale.ROOT, "%,.0f", longest / 1e3));
        line.add(String.format(Locale.ROOT, "%.2f", median(own, phase, "p99.9") / median(own, "before", "p99.9")));
        line.add(Sizes.mebibytes((long) median(own, phase, "resident")));
        return line;
    }

    private static double median(List<Outcome> rounds, String phase, String figure) {
        double[] values = rounds.stream()
                .mapToDouble(outcome -> outcome.report("stage", phase).real(figure))
                .sorted()
                .toArray();
        int last = values.length - 1;
        return (values[last / 2] + values[(last + 1) / 2]) / 2;
    }

    private static List<LineChart.Panel> panels(List<Outcome> outcomes) {
        List<LineChart.Curve> rates = new ArrayList<>();
        List<LineChart.Curve> times = new ArrayList<>();
        for (Candidate candidate : CANDIDATES) {
            List<Outcome> own =
                    outcomes.stream().filter(outcome -> outcome.step().candidate() == candidate).toList();
            if (!own.isEmpty()) {
                rates.add(curve(candidate, windows(own.getFirst())));
                times.add(curve(candidate, percentiles(own)));
            }
        }
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < PERCENTILES.size(); i++) {
            ticks.add(new Axis.Tick(i, PERCENTILES.get(i).label));
        }
        return List.of(
                new LineChart.Panel("Service while a burst comes and goes",
                        "million acquires per second, more is better",
                        "seconds", Axis.linear(most(rates, true), ""), Axis.linear(most(rates, false), ""), rates),
                new LineChart.Panel("Acquire after the burst", "nanoseconds, less is better", "percentile",
                        new Axis(false, 0, ticks.size() - 1, ticks),
                        Axis.powersOfTen(10, Math.max(100, most(times, false)), ""), times));
    }

    private static LineChart.Curve curve(Candidate candidate, List<LineChart.Point> points) {
        return new LineChart.Curve(candidate.label(), candidate.colour(), candidate == Candidate.MAGPOOL, points);
    }

    private static List<LineChart.Point> windows(Outcome round) {
        return round.reported()
                .stream()
                .filter(fields -> fields.text("stage").equals("window"))
                .map(fields -> new LineChart.Point(fields.number("millis") / 1e3, fields.real("rate") / 1e6))
                .toList();
    }

    private static List<LineChart.Point> percentiles(List<Outcome> own) {
        List<LineChart.Point> points = new ArrayList<>();
        for (int i = 0; i < PERCENTILES.size(); i++) {
            points.add(new LineChart.Point(i, median(own, "after", PERCENTILES.get(i).label)));
        }
        return points;
    }

    private static double most(List<LineChart.Curve> curves, boolean across) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(point -> across ? point.x() : point.y())
                .max()
                .orElse(1);
    }
}
