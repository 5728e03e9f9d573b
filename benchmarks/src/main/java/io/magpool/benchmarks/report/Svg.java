/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.Locale;

/** Writes the few elements that a chart needs. Lengths are pixels, the origin is at the top left. */
final class Svg {

    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height, String title) {
        out.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="13" role="img">
                <title>%3$s</title>
                <rect width="%1$d" height="%2$d" fill="#ffffff"/>
                """, width, height, escaped(title)));
    }

    void line(double x1, double y1, double x2, double y2, String colour) {
        append("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n", x1, y1, x2, y2, colour);
    }

    /** Draws a line through points, {@code "x,y x,y"}. */
    void polyline(String points, String colour, Stroke stroke) {
        append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"%s stroke-linejoin=\"round\"/>%n",
                points, colour, stroke.width, stroke.dashes);
    }

    void dot(double x, double y, String colour) {
        append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x, y, colour);
    }

    /** Writes text whose anchor, {@code start}, {@code middle} or {@code end}, is at the point. */
    void text(double x, double y, String anchor, String colour, String text) {
        append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, colour,
                escaped(text));
    }

    void heading(double x, double y, String text) {
        append("<text x=\"%.1f\" y=\"%.1f\" font-size=\"16\" font-weight=\"bold\" fill=\"#222222\">%s</text>%n", x, y,
                escaped(text));
    }

    private void append(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format.replace("%n", "\n"), arguments));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String end() {
        return out + "</svg>\n";
    }

    /** How a line is drawn. */
    enum Stroke {
        BOLD(3.5, ""),
        NORMAL(2, ""),
        DASHED(2, " stroke-dasharray=\"6 4\"");

        private final double width;
        private final String dashes;

        Stroke(double width, String dashes) {
            this.width = width;
            this.dashes = dashes;
        }
    }
}
