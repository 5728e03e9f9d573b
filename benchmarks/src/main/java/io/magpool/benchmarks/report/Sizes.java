/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.Locale;

/** Writes numbers of bytes for readers. */
public final class Sizes {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Sizes() {}

    /**
     * Writes a size that is a power of two, or nearly.
     *
     * @param bytes a size
     * @return a number and a unit
     */
    public static String words(long bytes) {
        int unit = unit(bytes);
        double value = bytes / Math.scalb(1.0, 10 * unit);
        boolean whole = Math.abs(value - Math.rint(value)) < 0.005;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /**
     * Writes a size as briefly as can be.
     *
     * @param bytes a size
     * @return a number and a letter
     */
    public static String shortest(long bytes) {
        return words(bytes).replace(" ", "").replace("iB", "").replaceAll("B$", "");
    }

    private static int unit(long bytes) {
        int unit = 0;
        while (unit < UNITS.length - 1 && bytes >= Math.scalb(0.9995, 10 * (unit + 1))) {
            unit++;
        }
        return unit;
    }

    /**
     * Writes mebibytes, as a column of a table has them.
     *
     * @param bytes a size, or a difference of sizes
     * @return a number
     */
    public static String mebibytes(long bytes) {
        double value = bytes / (double) (1 << 20);
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.1f" : "%,.0f", value);
    }

    /**
     * Writes a share.
     *
     * @param share 1 for all
     * @return per cent
     */
    public static String percent(double share) {
        return Double.isFinite(share)
                ? String.format(Locale.ROOT, Math.abs(share) < 0.0995 ? "%.1f%%" : "%.0f%%", 100 * share)
                : "-";
    }
}
