/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.report;

import java.util.Arrays;
import java.util.Comparator;

/** Finds places for labels that stand in a column, each as near as can be to where it would like to be. */
final class Labels {

    private Labels() {}

    /**
     * Pushes labels apart until none overlaps another.
     *
     * @param wishes where each would like to be, in pixels
     * @param distance how far apart they must be
     * @return where each goes, in the order of the wishes
     */
    static double[] spread(double[] wishes, double distance) {
        Integer[] order = new Integer[wishes.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> wishes[i]));
        double[] places = new double[wishes.length];
        for (int first = 0; first < order.length;) {
            first = placeCluster(wishes, places, order, first, distance);
        }
        return places;
    }

    /**
     * Pushes labels apart, and up where the lowest would be too low.
     *
     * @param wishes where each would like to be, in pixels
     * @param distance how far apart they must be
     * @param lowest where the lowest may be
     * @return where each goes, in the order of the wishes
     */
    static double[] spread(double[] wishes, double distance, double lowest) {
        double[] places = spread(wishes, distance);
        Integer[] upwards = new Integer[places.length];
        Arrays.setAll(upwards, i -> i);
        Arrays.sort(upwards, Comparator.comparingDouble(i -> -places[i]));
        double limit = lowest;
        for (int label : upwards) {
            places[label] = Math.min(places[label], limit);
            limit = places[label] - distance;
        }
        return places;
    }

    /** Places a label together with those that it would push, around the middle of their wishes; returns the next one. */
    private static int placeCluster(double[] wishes, double[] places, Integer[] order, int first, double distance) {
        int start = first;
        int end = first + 1;
        while (true) {
            double top = top(wishes, order, start, end, distance);
            if (start > 0 && places[order[start - 1]] + distance > top) {
                start--;
            } else if (end < order.length && wishes[order[end]] < top + (end - start) * distance) {
                end++;
            } else {
                for (int i = start; i < end; i++) {
                    places[order[i]] = top + (i - start) * distance;
                }
                return end;
            }
        }
    }

    private static double top(double[] wishes, Integer[] order, int start, int end, double distance) {
        double sum = 0;
        for (int i = start; i < end; i++) {
            sum += wishes[order[i]];
        }
        int count = end - start;
        return sum / count - (count - 1) * distance / 2;
    }
}
