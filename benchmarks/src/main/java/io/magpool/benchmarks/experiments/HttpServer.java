/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.os.ProcessMemory;
import io.magpool.benchmarks.report.MeanInterval;
import io.magpool.benchmarks.report.PairedInterval;
import io.magpool.benchmarks.report.Sizes;
import io.magpool.benchmarks.report.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What does a server gain or lose by its allocator? An HTTP/1.1 server with one event loop answers wrk, which runs beside it
 * on the same machine. JVMs in turns, and each other round backwards.
 */
final class HttpServer implements Experiment {

    private static final List<Candidate> CANDIDATES = List.of(Candidate.MAGPOOL, Candidate.ADAPTIVE, Candidate.POOLED);
    private static final int[] BODIES = {256, 16 << 10};
    private static final int ROUNDS = 4;
    private static final long WARM_UP_SECONDS = 2;
    private static final long SECONDS = 3;
    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    private final boolean hasWrk;

    /** Measures where wrk is installed. */
    HttpServer() {
        this(Wrk.isInstalled());
    }

    /** Plans as on a machine that has wrk, or as on one that has not. */
    HttpServer(boolean hasWrk) {
        this.hasWrk = hasWrk;
    }

    @Override
    public String question() {
        return "What does a server gain or lose by its allocator?";
    }

    @Override
    public List<Step> steps(Extent extent) {
        if (!extent.smoke() && !hasWrk) {
            extent.note("Not installed here, so nothing was measured: wrk (Debian's package wrk).");
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        int[] bodies = extent.smoke() ? new int[]{256} : BODIES;
        for (int round = 0; round < (extent.smoke() ? 1 : ROUNDS); round++) {
            List<Candidate> order = round % 2 == 0 ? CANDIDATES : CANDIDATES.reversed();
            for (int body : bodies) {
                for (Candidate candidate : order) {
                    steps.add(Step.of(candidate, Sizes.words(body) + ", round " + (round + 1), HEAP, Fields.none()
                            .with("body", body)
                            .with("seconds", extent.smoke() ? 0 : SECONDS)));
                }
            }
        }
        return steps;
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException {
        int body = Math.toIntExact(parameters.number("body"));
        long seconds = parameters.number("seconds");
        try (ByteBufMemory memory = Step.candidate(parameters).openForNetty();
                AnsweringServer server = new AnsweringServer(memory.allocator(), body)) {
            if (seconds == 0) {
                requireAnswer(server.port(), body);
                report.accept(Fields.none().with("rate", 1).with("micros", 1).with("resident", 1));
                return;
            }
            Wrk.run(server.port(), WARM_UP_SECONDS);
            long cpu = cpuNanos();
            Wrk wrk = Wrk.run(server.port(), seconds);
            report.accept(Fields.none()
                    .with("rate", wrk.perSecond())
                    .with("micros", (cpuNanos() - cpu) / 1e3 / wrk.requests())
                    .with("resident", ProcessMemory.now().resident()));
        }
    }

    /** Asks once, without wrk. */
    private static void requireAnswer(int port, int bytes) {
        try (InputStream answer = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
            int read = answer.readAllBytes().length;
            if (read != bytes) {
                throw new IllegalStateException("the answer has " + read + " bytes: must be " + bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @Override
    public Findings findings(List<Outcome> outcomes) {
        List<String> head = List.of("allocator", "body", "requests/s", "CPU,\nus/request", "RSS,\nMiB",
                "requests/s :\nNetty adaptive", "95% interval", "CPU :\nNetty adaptive", "95% interval");
        List<List<String>> lines = new ArrayList<>();
        for (int body : BODIES) {
            for (Candidate candidate : CANDIDATES) {
                List<String> line = new ArrayList<>(List.of(candidate.label(), Sizes.words(body)));
                line.add(interval("%,.0f", values(outcomes, candidate, body, "rate")));
                line.add(interval("%.2f", values(outcomes, candidate, body, "micros")));
                line.add(interval("%.0f", mebibytes(values(outcomes, candidate, body, "resident"))));
                line.addAll(ratio(outcomes, candidate, body, "rate"));
                line.addAll(ratio(outcomes, candidate, body, "micros"));
                lines.add(line);
            }
        }
        List<String> notes = List.of(
                "Means over " + ROUNDS
                        + " JVMs of each, in turns and each other round backwards, ± the half width of the"
                        + " 95 % interval; ratios: geometric means over the rounds with their paired 95 % interval.",
                "One event loop answers GET with a body of that size; wrk keeps 64 connections busy from one thread on the same"
                        + " machine, " + WARM_UP_SECONDS + " s to warm up and " + SECONDS + " s that count.",
                "CPU: of the server's whole process, JIT and collector included. RSS: at the end, a Java heap of 256 MiB,"
                        + " resident from the start, included.",
                "Netty's rows have Unsafe; for Magpool it is switched off in all of Netty.");
        return new Findings(new Table(head, lines), notes, List.of());
    }

    private static double[] values(List<Outcome> outcomes, Candidate candidate, int body, String figure) {
        return outcomes.stream()
                .filter(outcome -> outcome.step().candidate() == candidate)
                .filter(outcome -> outcome.step().parameters().number("body") == body)
                .mapToDouble(outcome -> outcome.reported().getFirst().real(figure))
                .toArray();
    }

    private static double[] mebibytes(double... bytes) {
        double[] mebibytes = bytes.clone();
        for (int i = 0; i < mebibytes.length; i++) {
            mebibytes[i] /= 1 << 20;
        }
        return mebibytes;
    }

    private static String interval(String format, double... values) {
        if (values.length == 0) {
            return "-";
        }
        MeanInterval interval = MeanInterval.of(values);
        return String.format(Locale.ROOT, format + " ±" + format, interval.mean(), interval.half());
    }

    private static List<String> ratio(List<Outcome> outcomes, Candidate candidate, int body, String figure) {
        double[] adaptive = values(outcomes, Candidate.ADAPTIVE, body, figure);
        double[] own = values(outcomes, candidate, body, figure);
        if (candidate == Candidate.ADAPTIVE || own.length < 2 || own.length != adaptive.length) {
            return List.of("-", "-");
        }
        PairedInterval interval = PairedInterval.of(adaptive, own);
        return List.of(String.format(Locale.ROOT, "%.3f", interval.ratio()),
                String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high()));
    }
}
