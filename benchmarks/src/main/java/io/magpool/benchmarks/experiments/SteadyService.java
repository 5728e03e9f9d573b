/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.api.TrimPolicy;
import io.magpool.benchmarks.cases.SizeSequence;
import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.os.ProcessMemory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What does a server notice of memory that goes back after a burst? One thread replaces buffers without a pause; another
 * takes a burst, releases it and ends. How long does each acquire take before, during and after it, and how many are there?
 */
final class SteadyService implements Experiment {

    static final List<Candidate> CANDIDATES =
            List.of(Candidate.MAGPOOL, Candidate.MAGPOOL_NONE, Candidate.ADAPTIVE, Candidate.POOLED);
    private static final List<Candidate> PAIR = List.of(Candidate.MAGPOOL, Candidate.MAGPOOL_NONE);
    static final String TRIMMING = "trimming";
    static final String SETTLED = "settled";
    static final List<Percentile> PERCENTILES = List.of(new Percentile("p50", 0.5), new Percentile("p99", 0.99),
            new Percentile("p99.9", 0.999), new Percentile("p99.99", 0.9999));
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
    private static final long BURST = 512 << 20;
    private static final long SMOKE_BURST = 4 << 20;
    private static final int ROUNDS = 10;
    static final int BUFFER = 16 << 10;
    static final int LIVE = 1_024;
    private static final long BEFORE_MILLIS = 800;
    static final long AFTER_MILLIS = 3_000;
    static final long SETTLED_MILLIS = 4_000;

    /** A percentile, as readers and as programs know it. */
    record Percentile(String label, double share) {}

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
                .with("after", extent.smoke() ? 20 : AFTER_MILLIS)
                .with("settled", extent.smoke() ? 20 : SETTLED_MILLIS);
        for (int round = 0; round < (extent.smoke() ? 1 : ROUNDS); round++) {
            List<Candidate> candidates = extent.installed(round % 4 < 2 ? CANDIDATES : PAIR);
            for (Candidate candidate : round % 2 == 0 ? candidates : candidates.reversed()) {
                steps.add(Step.of(candidate, "round " + (round + 1), HEAP, parameters.with("round", round)));
            }
        }
        return steps;
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException {
        try (MemorySubject subject = open(Step.candidate(parameters));
                WatchedTrimmer trimmer = WatchedTrimmer.of(subject)) {
            Service service = new Service(subject, trimmer, report);
            service.serveFor("warm-up", parameters.number("before"));
            service.serveFor("before", parameters.number("before"));
            Thread burst = Thread.ofPlatform().name("burst").start(() -> burst(subject, parameters.number("burst")));
            service.serveWhile("burst", burst);
            service.serveFor("after", parameters.number("after"));
            if (Step.candidate(parameters) == Candidate.MAGPOOL) {
                service.serveFor(SETTLED, parameters.number("settled"));
            }
            service.end();
        }
    }

    private static MemorySubject open(Candidate candidate) {
        return switch (candidate) {
            case MAGPOOL -> MagpoolMemory.maintainedByHand(TrimPolicy.workingSet());
            case MAGPOOL_NONE -> MagpoolMemory.maintainedByHand(TrimPolicy.none());
            default -> candidate.open();
        };
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

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final long WINDOW_NANOS = 100_000_000;
        private static final int BETWEEN_LOOKS = 64;

        private final MemorySubject subject;
        private final WatchedTrimmer trimmer;
        private final Consumer<Fields> report;
        private final SizeSequence sizes = SizeSequence.recorded();
        private final Object[] live = new Object[LIVE];
        private final long start = System.nanoTime();
        private int random = 0x9E37_79B9;

        Service(MemorySubject subject, WatchedTrimmer trimmer, Consumer<Fields> report) {
            this.subject = subject;
            this.trimmer = trimmer;
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
            LatencyHistogram whileTrimming = new LatencyHistogram();
            long trimmedNanos = trimmer.nanos();
            List<Fields> windows = new ArrayList<>();
            long began = System.nanoTime();
            long beganOnCpu = THREADS.getCurrentThreadCpuTime();
            long windowStart = began;
            long windowCount = 0;
            do {
                for (int i = 0; i < BETWEEN_LOOKS; i++) {
                    long nanos = replace();
                    times.add(nanos);
                    if (trimmer.isAtWork()) {
                        whileTrimming.add(nanos);
                    }
                }
                long now = System.nanoTime();
                if (now - windowStart >= WINDOW_NANOS) {
                    windows.add(window(now, (times.count() - windowCount) * 1e9 / (now - windowStart)));
                    windowStart = now;
                    windowCount = times.count();
                }
            } while (goOn.getAsBoolean());
            double seconds = (System.nanoTime() - began) / 1e9;
            double onCpu = (double) (THREADS.getCurrentThreadCpuTime() - beganOnCpu) / times.count();
            if (!phase.equals(SETTLED)) {
                windows.forEach(report); // as long as others serve
            }
            report.accept(summary(phase, times, seconds)
                    .with("cpu", onCpu)
                    .with("bytes", trimmer.givenSince(began))
                    .with("again", trimmer.takenAgainSince(began)));
            if (phase.equals("after") && whileTrimming.count() > 0) {
                double trimmed = (trimmer.nanos() - trimmedNanos) / 1e9;
                report.accept(summary(TRIMMING, whileTrimming, trimmed).with("seconds", trimmed)
                        .with("bytes", trimmer.bytes()));
            }
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
        return SteadyServiceFindings.of(outcomes);
    }
}
