/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import io.magpool.benchmarks.rows.Row;
import io.magpool.benchmarks.threads.ThreadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The chart of the comparison: what a pair costs over its size, a panel for each kind of thread, both axes logarithmic. */
final class PairChart {

    private static final int HEIGHT = 440;
    private static final int PANEL = 520;
    private static final int LEFT = 50;
    private static final int RIGHT = 130;
    private static final int TOP = 66;
    private static final int BOTTOM = 54;
    private static final int LABEL_HEIGHT = 16;
    /** Fewer points make no line. */
    private static final int POINTS = 3;

    /** Where the grid has lines, within each power of ten. */
    private static final double[] STEPS = {1, 2, 5};

    private static final String INK = "#444444";
    private static final String GRID = "#e4e4e4";

    private PairChart() {}

    /** Draws the chart, as an SVG document. */
    static String of(Measurements measurements) {
        List<ThreadKind> panels = Arrays.stream(ThreadKind.values())
                .filter(kind -> !curves(measurements, kind).isEmpty())
                .toList();
        int width = PANEL * Math.max(1, panels.size());
        Svg svg = new Svg(width, HEIGHT, "Nanoseconds to acquire and release a buffer, by size");
        double top = ceiling(measurements);
        for (int panel = 0; panel < panels.size(); panel++) {
            ThreadKind kind = panels.get(panel);
            draw(svg, panel * PANEL, kind, curves(measurements, kind), top);
        }
        return svg.end();
    }

    private static List<Curve> curves(Measurements measurements, ThreadKind kind) {
        List<Curve> curves = new ArrayList<>();
        for (Row row : measurements.rows()) {
            List<Measurement> points = measurements.pairs(kind, row);
            if (points.size() >= POINTS) {
                curves.add(new Curve(row, points));
            }
        }
        return curves;
    }

    /** All panels end at the same line of the grid, so that they can be compared by eye. */
    private static double ceiling(Measurements measurements) {
        double most = 10;
        for (ThreadKind kind : ThreadKind.values()) {
            for (Curve curve : curves(measurements, kind)) {
                most = Math.max(most, curve.points.stream().mapToDouble(Measurement::nanoseconds).max().orElse(0));
            }
        }
        double decade = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : STEPS) {
            if (most <= step * decade) {
                return step * decade;
            }
        }
        return 10 * decade;
    }

    private static void draw(Svg svg, double left, ThreadKind kind, List<Curve> curves, double ceiling) {
        List<Integer> sizes = curves.stream()
                .flatMap(curve -> curve.points.stream())
                .map(point -> point.run().question().parameter())
                .distinct()
                .sorted()
                .toList();
        LogScale x = new LogScale(sizes.getFirst(), sizes.getLast(), left + LEFT, left + PANEL - RIGHT);
        LogScale y = new LogScale(1, ceiling, HEIGHT - BOTTOM, TOP);
        svg.heading(left + LEFT, 28, "Pair on 1 " + kind.label() + " thread");
        svg.text(left + LEFT, 48, "start", INK, "nanoseconds, less is better");
        drawGrid(svg, x, y, sizes);
        curves.forEach(curve -> drawCurve(svg, curve, x, y));
        drawLabels(svg, curves, x, y);
    }

    private static void drawGrid(Svg svg, LogScale x, LogScale y, List<Integer> sizes) {
        for (double decade = 1; decade <= y.most(); decade *= 10) {
            for (double step : STEPS) {
                double value = step * decade;
                if (value <= y.most()) {
                    svg.line(x.start(), y.pixel(value), x.end(), y.pixel(value), GRID);
                    svg.text(x.start() - 8, y.pixel(value) + 4, "end", INK, String.format(Locale.ROOT, "%,.0f", value));
                }
            }
        }
        for (int size : sizes) {
            svg.line(x.pixel(size), y.start(), x.pixel(size), y.end(), GRID);
        }
        for (int size = Integer.highestOneBit(sizes.getFirst()); size <= sizes.getLast(); size <<= 2) {
            svg.text(x.pixel(size), y.start() + 20, "middle", INK, shortSize(size));
        }
        svg.text((x.start() + x.end()) / 2, y.start() + 42, "middle", INK, "bytes");
    }

    private static String shortSize(int size) {
        if (size >= 1 << 20) {
            return (size >> 20) + "M";
        }
        return size >= 1 << 10 ? (size >> 10) + "K" : Integer.toString(size);
    }

    private static void drawCurve(Svg svg, Curve curve, LogScale x, LogScale y) {
        StringBuilder points = new StringBuilder();
        for (Measurement point : curve.points) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", curve.x(point, x), curve.y(point, y)));
        }
        svg.polyline(points.toString().strip(), curve.colour(), curve.stroke());
        for (Measurement point : curve.points) {
            svg.dot(curve.x(point, x), curve.y(point, y), curve.colour());
        }
    }

    /** Writes each curve's name beside its end: nobody has to match colours with a legend. */
    private static void drawLabels(Svg svg, List<Curve> curves, LogScale x, LogScale y) {
        double[] ends = curves.stream().mapToDouble(curve -> curve.y(curve.points.getLast(), y)).toArray();
        double[] places = Labels.spread(ends, LABEL_HEIGHT);
        for (int i = 0; i < places.length; i++) {
            Curve curve = curves.get(i);
            svg.text(x.end() + 10, places[i] + 4, "start", curve.colour(), curve.row.label());
        }
    }

    /** One row's points, smallest size first. */
    private record Curve(Row row, List<Measurement> points) {

        double x(Measurement point, LogScale scale) {
            return scale.pixel(point.run().question().parameter());
        }

        double y(Measurement point, LogScale scale) {
            return scale.pixel(point.nanoseconds());
        }

        /** Colours that also those can tell apart who see fewer of them (Okabe and Ito). */
        String colour() {
            return switch (row) {
                case MAGPOOL -> "#0072b2";
                case ADAPTIVE -> "#d55e00";
                case POOLED -> "#b8860b";
                case UNPOOLED -> "#a0527f";
                case FLOOR -> "#777777";
                case POOL_API -> "#3a9bd9";
                case MALLOC -> "#00805c";
            };
        }

        Svg.Stroke stroke() {
            return switch (row) {
                case MAGPOOL -> Svg.Stroke.BOLD;
                case FLOOR, POOL_API, MALLOC -> Svg.Stroke.DASHED;
                case ADAPTIVE, POOLED, UNPOOLED -> Svg.Stroke.NORMAL;
            };
        }
    }
}
