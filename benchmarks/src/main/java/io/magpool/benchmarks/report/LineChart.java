/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Draws panels of curves, two in a row, each curve with its name beside its end. */
public final class LineChart {

    private static final int PANEL_WIDTH = 560;
    private static final int PANEL_HEIGHT = 360;
    private static final int LEFT = 64;
    private static final int RIGHT = 170;
    private static final int TOP = 66;
    private static final int BOTTOM = 54;
    private static final int LABEL_HEIGHT = 15;
    private static final int COLUMNS = 2;
    /** More points than this are drawn without dots. */
    private static final int DOTS = 24;

    private static final String INK = "#444444";
    private static final String GRID = "#e4e4e4";

    private LineChart() {}

    /**
     * A point.
     *
     * @param x where on the axis across
     * @param y where on the axis upwards
     */
    public record Point(double x, double y) {}

    /**
     * A curve.
     *
     * @param label its name
     * @param colour its colour, as SVG has it
     * @param bold whether it is the one to look at
     * @param points its points, from left to right
     */
    public record Curve(String label, String colour, boolean bold, List<Point> points) {

        /** Makes an immutable copy. */
        public Curve {
            points = List.copyOf(points);
        }
    }

    /**
     * A panel.
     *
     * @param heading what it shows
     * @param subtitle what is measured, in which unit
     * @param xLabel what is under it
     * @param x the axis across
     * @param y the axis upwards
     * @param curves its curves
     */
    public record Panel(String heading, String subtitle, String xLabel, Axis x, Axis y, List<Curve> curves) {

        /** Makes an immutable copy, without curves that have no points. */
        public Panel {
            curves = curves.stream().filter(curve -> !curve.points.isEmpty()).toList();
        }
    }

    /**
     * Draws.
     *
     * @param title what all of it shows
     * @param panels from left to right, then from top to bottom
     * @return an SVG document
     */
    public static String of(String title, List<Panel> panels) {
        int columns = Math.clamp(panels.size(), 1, COLUMNS);
        int rows = Math.max(1, (panels.size() + columns - 1) / columns);
        Svg svg = new Svg(columns * PANEL_WIDTH, rows * PANEL_HEIGHT, title);
        for (int i = 0; i < panels.size(); i++) {
            new Frame(svg, i % columns * PANEL_WIDTH, i / columns * PANEL_HEIGHT, panels.get(i)).draw();
        }
        return svg.end();
    }

    /** Where a panel is on the page. */
    private record Frame(Svg svg, double left, double top, Panel panel) {

        double x(double value) {
            return panel.x.pixel(value, left + LEFT, left + PANEL_WIDTH - RIGHT);
        }

        double y(double value) {
            return panel.y.pixel(value, top + PANEL_HEIGHT - BOTTOM, top + TOP);
        }

        void draw() {
            svg.heading(left + LEFT, top + 28, panel.heading);
            svg.text(left + LEFT, top + 48, "start", INK, panel.subtitle);
            drawGrid();
            panel.curves.forEach(this::drawCurve);
            drawLabels();
        }

        private void drawGrid() {
            double start = left + LEFT;
            double end = left + PANEL_WIDTH - RIGHT;
            double bottom = top + PANEL_HEIGHT - BOTTOM;
            for (Axis.Tick tick : panel.y.ticks()) {
                svg.line(start, y(tick.value()), end, y(tick.value()), GRID);
                svg.text(start - 8, y(tick.value()) + 4, "end", INK, tick.label());
            }
            for (Axis.Tick tick : panel.x.ticks()) {
                svg.line(x(tick.value()), bottom, x(tick.value()), top + TOP, GRID);
                svg.text(x(tick.value()), bottom + 20, "middle", INK, tick.label());
            }
            svg.text((start + end) / 2, bottom + 42, "middle", INK, panel.xLabel);
        }

        private void drawCurve(Curve curve) {
            StringBuilder points = new StringBuilder();
            for (Point point : curve.points) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x), y(point.y)));
            }
            svg.polyline(points.toString().strip(), curve.colour,
                    curve.bold ? Svg.Stroke.BOLD : Svg.Stroke.NORMAL);
            if (curve.points.size() <= DOTS) {
                curve.points.forEach(point -> svg.dot(x(point.x), y(point.y), curve.colour));
            }
        }

        private void drawLabels() {
            double[] ends = panel.curves.stream().mapToDouble(curve -> y(curve.points.getLast().y)).toArray();
            double[] places = Labels.spread(ends, LABEL_HEIGHT, top + PANEL_HEIGHT - BOTTOM);
            for (int i = 0; i < places.length; i++) {
                Curve curve = panel.curves.get(i);
                svg.text(left + PANEL_WIDTH - RIGHT + 10, places[i] + 4, "start", curve.colour, curve.label);
            }
        }
    }
}
