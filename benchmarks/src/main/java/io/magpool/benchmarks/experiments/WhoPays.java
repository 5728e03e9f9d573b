/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.os.PageFaults;
import io.magpool.benchmarks.report.Axis;
import io.magpool.benchmarks.report.LineChart;
import io.magpool.benchmarks.report.Sizes;
import io.magpool.benchmarks.report.Table;
import io.magpool.benchmarks.rows.JvmFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who pays when I free? One thread takes memory, writes to it and frees it, at some rate and so many bytes at a time; the
 * others only read memory of their own. What the kernel takes from a process it has to take from the tables of all
 * processors that run it, so the others notice.
 */
final class WhoPays implements Experiment {

    private static final long[] RUNS = {4 << 10, 64 << 10, 1 << 20};
    private static final long[] RATES = {64 << 20, 256 << 20, 1 << 30};
    private static final long ALONE_MILLIS = 300;
    private static final long MILLIS = 700;
    private static final int WARM_UPS = 3;

    @Override
    public String question() {
        return "Who pays when I free?";
    }

    @Override
    public List<Step> steps(Extent extent) {
        List<Step> steps = new ArrayList<>();
        Fields parameters = Fields.none()
                .with("alone", extent.smoke() ? 5 : ALONE_MILLIS)
                .with("millis", extent.smoke() ? 10 : MILLIS);
        for (WayToFree way : WayToFree.values()) {
            steps.add(new Step(way.label(), JvmFlags.MAGPOOL.withHeap("-Xms256m", "-Xmx256m"), Map.of(),
                    parameters.with("way", way.name())));
        }
        return steps;
    }

    @Override
    public void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException {
        WayToFree way = WayToFree.valueOf(parameters.text("way"));
        long alone = parameters.number("alone") * 1_000_000;
        long together = parameters.number("millis") * 1_000_000;
        int cores = Runtime.getRuntime().availableProcessors();
        try (Readers readers = new Readers(Math.max(1, cores - 1))) {
            for (int i = 0; i < WARM_UPS; i++) {
                readers.nanosecondsPerLoad(alone);
            }
            beside(readers, way, RUNS[0], RATES[RATES.length - 1], WARM_UPS * alone); // else the first cell pays for compilation
            for (long run : RUNS) {
                for (long rate : RATES) {
                    double aloneNanos = readers.nanosecondsPerLoad(alone);
                    report.accept(beside(readers, way, run, rate, together).with("alone", aloneNanos));
                }
            }
            report.accept(Fields.none().with("way", "read").with("sum", readers.sink()));
        }
    }

    private static Fields beside(Readers readers, WayToFree way, long run, long rate, long nanos)
            throws InterruptedException {
        try (PacedThread freeing = new PacedThread(way, run, rate)) {
            long faults = PageFaults.soFar();
            long uses = freeing.uses();
            long start = System.nanoTime();
            double load = readers.nanosecondsPerLoad(nanos);
            double seconds = (System.nanoTime() - start) / 1e9;
            return Fields.none()
                    .with("way", way.name())
                    .with("run", run)
                    .with("rate", rate)
                    .with("reached", (freeing.uses() - uses) * run / seconds)
                    .with("load", load)
                    .with("faults", (PageFaults.soFar() - faults) / seconds);
        }
    }

    @Override
    public Findings findings(List<Outcome> outcomes) {
        List<Fields> cells = outcomes.stream()
                .flatMap(outcome -> outcome.reported().stream())
                .filter(fields -> !fields.text("way").equals("read"))
                .toList();
        List<String> head = List.of("freed at once", "how", "asked\nMiB/s", "reached\nMiB/s", "ns per load\nalone",
                "ns per load\nmeanwhile", "others are\nslower by", "page faults\nper second");
        List<List<String>> lines = new ArrayList<>();
        for (long run : RUNS) {
            for (WayToFree way : WayToFree.values()) {
                cells.stream().filter(cell -> isOf(cell, way, run)).map(WhoPays::line).forEach(lines::add);
            }
        }
        List<String> notes = List.of(
                "One thread takes so many bytes, writes to each page, and frees them, up to the rate; one thread for each other core"
                        + " reads 32 MiB of its own at random.",
                "kept: the thread writes at the same rate and frees nothing, which is the neighbour that all the others have too.",
                "Magpool: what is released is used again, so nothing goes back. Magpool, trims: the thread holds on to "
                        + Sizes.words(WayToFree.WAVE)
                        + ", then releases all of it, and a policy that keeps nothing unused (watermark 0)"
                        + " is asked every " + WayToFree.LOOKS.toMillis()
                        + " ms; the second time with a maximum rate of 64 MiB a second.",
                "MADV_FREE: pages go when the kernel needs some, so without need their next use costs no fault.");
        return new Findings(new Table(head, lines), notes, panels(cells));
    }

    private static boolean isOf(Fields cell, WayToFree way, long run) {
        return cell.text("way").equals(way.name()) && cell.number("run") == run;
    }

    private static List<String> line(Fields cell) {
        return List.of(Sizes.words(cell.number("run")), WayToFree.valueOf(cell.text("way")).label(),
                Sizes.mebibytes(cell.number("rate")), Sizes.mebibytes((long) cell.real("reached")),
                String.format(Locale.ROOT, "%.2f", cell.real("alone")),
                String.format(Locale.ROOT, "%.2f", cell.real("load")),
                Sizes.percent(slowDown(cell)), String.format(Locale.ROOT, "%,.0f", cell.real("faults")));
    }

    static double slowDown(Fields cell) {
        return cell.real("load") / cell.real("alone") - 1;
    }

    private static Axis rates() {
        List<Axis.Tick> ticks = new ArrayList<>();
        for (long rate : RATES) {
            ticks.add(new Axis.Tick(rate >> 20, Long.toString(rate >> 20)));
        }
        return new Axis(true, RATES[0] >> 20, RATES[RATES.length - 1] >> 20, ticks);
    }

    private static List<LineChart.Panel> panels(List<Fields> cells) {
        double most = cells.stream().mapToDouble(WhoPays::slowDown).max().orElse(0);
        Axis y = Axis.linear(Math.max(10, 100 * most), "%");
        List<LineChart.Panel> panels = new ArrayList<>();
        for (long run : RUNS) {
            List<LineChart.Curve> curves = new ArrayList<>();
            for (WayToFree way : WayToFree.values()) {
                List<LineChart.Point> points = cells.stream()
                        .filter(cell -> isOf(cell, way, run))
                        .map(cell -> new LineChart.Point(cell.number("rate") >> 20, Math.max(0, 100 * slowDown(cell))))
                        .toList();
                curves.add(new LineChart.Curve(way.label(), way.colour(), way == WayToFree.POOL, points));
            }
            panels.add(new LineChart.Panel(Sizes.words(run) + " at a time", "how much slower the others read",
                    "MiB per second",
                    rates(), y, curves));
        }
        return panels;
    }
}
