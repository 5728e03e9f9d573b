/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.report.Axis;
import io.magpool.benchmarks.report.LineChart;
import io.magpool.benchmarks.report.PairedInterval;
import io.magpool.benchmarks.report.Sizes;
import io.magpool.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What {@link SteadyService} found: medians over the rounds, and what trimming costs, in pairs of JVMs. */
final class SteadyServiceFindings {

    private static final List<String> PHASES = List.of("before", "burst", "after");

    private SteadyServiceFindings() {}

    static Findings of(List<Outcome> outcomes) {
        List<String> head =
                new ArrayList<>(List.of("allocator", "phase", "million\nacquires/s", "CPU ns of a\nreplacement"));
        SteadyService.PERCENTILES.forEach(percentile -> head.add(percentile.label() + "\nns"));
        head.addAll(List.of("longest\nus", "p99.9 :\nbefore", "RSS at the\nend, MiB"));
        List<List<String>> lines = new ArrayList<>();
        for (Candidate candidate : SteadyService.CANDIDATES) {
            List<Outcome> own = only(candidate, outcomes);
            if (!own.isEmpty()) {
                PHASES.forEach(phase -> lines.add(line(candidate, phase, own)));
            }
            if (candidate == Candidate.MAGPOOL && haveTrimmed(own)) {
                lines.add(line(candidate, SteadyService.TRIMMING, own));
            }
        }
        List<String> notes = new ArrayList<>(List.of(
                "One thread replaces one of " + SteadyService.LIVE
                        + " buffers of recorded sizes again and again; meanwhile another acquires a"
                        + " burst of " + Sizes.words(SteadyService.BUFFER)
                        + " buffers, writes to all of it, releases it and ends.",
                "Times are those of acquire alone, two readings of the clock included (some 20 to 40 ns). Medians over the rounds,"
                        + " JVMs in turns, the order alternating; longest: of all rounds.",
                "after: " + SteadyService.AFTER_MILLIS / 1_000
                        + " s, in which memory may go back. trimming: the part of it in which the trimmer was at work, on a thread of"
                        + " its own. CPU ns: time of the serving thread on a processor, for a release, an acquire and the clock. RSS"
                        + " includes a Java heap of 512 MiB, resident from the start."));
        notes.add("Netty's in half of the rounds only.");
        notes.addAll(pairs(only(Candidate.MAGPOOL, outcomes), only(Candidate.MAGPOOL_NONE, outcomes)));
        return new Findings(new Table(head, lines), notes, panels(outcomes));
    }

    private static String medianAndMost(List<Outcome> trimmed, String figure) {
        double most =
                Arrays.stream(values(trimmed, SteadyService.SETTLED, figure)).max().orElseThrow();
        return String.format(Locale.ROOT, "%,.0f bytes (median; at most %,.0f)",
                median(trimmed, SteadyService.SETTLED, figure), most);
    }

    private static List<Outcome> only(Candidate candidate, List<Outcome> outcomes) {
        return outcomes.stream().filter(outcome -> outcome.step().candidate() == candidate).toList();
    }

    private static boolean haveTrimmed(List<Outcome> outcomes) {
        return !outcomes.isEmpty()
                && outcomes.stream().allMatch(outcome -> outcome.has("stage", SteadyService.TRIMMING));
    }

    /** What trimming costs, in pairs of JVMs: one that trims, one that does not. */
    private static List<String> pairs(List<Outcome> trimmed, List<Outcome> none) {
        if (trimmed.size() < 2 || trimmed.size() != none.size() || !haveTrimmed(trimmed)) {
            return List.of();
        }
        return List.of(
                String.format(Locale.ROOT, "Went back while the service went on: %s MiB in %.0f ms (medians).",
                        Sizes.mebibytes((long) median(trimmed, SteadyService.TRIMMING, "bytes")),
                        1e3 * median(trimmed, SteadyService.TRIMMING, "seconds")),
                String.format(Locale.ROOT,
                        "Once that was over, %d s more: %s went back; taken again within a second of a tick were %s.",
                        SteadyService.SETTLED_MILLIS / 1_000, medianAndMost(trimmed, "bytes"),
                        medianAndMost(trimmed, "again")),
                pair("Acquires a second after the burst, with the trimmer : policy none", trimmed, "after", "rate",
                        none),
                pair("CPU time of a replacement after the burst, with the trimmer : policy none", trimmed, "after",
                        "cpu", none),
                pair("p99.9 of acquire after the burst, with the trimmer : policy none", trimmed, "after", "p99.9",
                        none),
                pair("p99.9 of acquire while the trimmer works : after the burst with policy none", trimmed,
                        SteadyService.TRIMMING,
                        "p99.9", none));
    }

    private static String pair(String what, List<Outcome> trimmed, String phase, String figure, List<Outcome> none) {
        PairedInterval interval = PairedInterval.of(values(none, "after", figure), values(trimmed, phase, figure));
        return String.format(Locale.ROOT, "%s: %.3f, paired 95 %% interval %.3f to %.3f, %d pairs.", what,
                interval.ratio(),
                interval.low(), interval.high(), trimmed.size());
    }

    private static double[] values(List<Outcome> rounds, String phase, String figure) {
        return rounds.stream()
                .sorted(Comparator.comparingLong(outcome -> outcome.step().parameters().number("round")))
                .mapToDouble(outcome -> outcome.report("stage", phase).real(figure))
                .toArray();
    }

    private static List<String> line(Candidate candidate, String phase, List<Outcome> own) {
        List<String> line = new ArrayList<>(List.of(candidate.label(), phase,
                String.format(Locale.ROOT, "%.2f", median(own, phase, "rate") / 1e6)));
        line.add(phase.equals(SteadyService.TRIMMING) ? "-"
                : String.format(Locale.ROOT, "%,.0f", median(own, phase, "cpu")));
        for (SteadyService.Percentile percentile : SteadyService.PERCENTILES) {
            line.add(String.format(Locale.ROOT, "%,.0f", median(own, phase, percentile.label())));
        }
        double longest =
                own.stream().mapToDouble(outcome -> outcome.report("stage", phase).real("max")).max().orElse(0);
        line.add(String.format(Locale.ROOT, "%,.0f", longest / 1e3));
        line.add(String.format(Locale.ROOT, "%.2f", median(own, phase, "p99.9") / median(own, "before", "p99.9")));
        line.add(Sizes.mebibytes((long) median(own, phase, "resident")));
        return line;
    }

    private static double median(List<Outcome> rounds, String phase, String figure) {
        double[] values = values(rounds, phase, figure);
        Arrays.sort(values);
        int last = values.length - 1;
        return (values[last / 2] + values[(last + 1) / 2]) / 2;
    }

    private static List<LineChart.Panel> panels(List<Outcome> outcomes) {
        List<LineChart.Curve> rates = new ArrayList<>();
        List<LineChart.Curve> times = new ArrayList<>();
        for (Candidate candidate : SteadyService.CANDIDATES) {
            List<Outcome> own = only(candidate, outcomes);
            if (!own.isEmpty()) {
                rates.add(curve(candidate, windows(own.getFirst())));
                times.add(curve(candidate, percentiles(own)));
            }
        }
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < SteadyService.PERCENTILES.size(); i++) {
            ticks.add(new Axis.Tick(i, SteadyService.PERCENTILES.get(i).label()));
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
        for (int i = 0; i < SteadyService.PERCENTILES.size(); i++) {
            points.add(new LineChart.Point(i, median(own, "after", SteadyService.PERCENTILES.get(i).label())));
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
