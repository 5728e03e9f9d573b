/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Which sizes a program asks for, and how often. An immutable value. */
final class SizeDistribution {

    private static final String RECORDED = "websocket-proxy-sizes.csv";
    private static final String HEADER = "size,count";

    /** How often a size up to and including this one is asked for, by the count up to there. */
    private final NavigableMap<Long, Integer> sizes;

    private SizeDistribution(NavigableMap<Long, Integer> sizes) {
        this.sizes = sizes;
    }

    /** Returns the sizes that a proxy for web sockets was seen to ask for. */
    static SizeDistribution recorded() {
        try (InputStream in = SizeDistribution.class.getResourceAsStream(RECORDED)) {
            return read(new InputStreamReader(Objects.requireNonNull(in, RECORDED), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads lines of a size in bytes and a count, after a line that says so.
     *
     * @throws IllegalArgumentException if a line is none of these, or there is none
     */
    static SizeDistribution read(Reader csv) throws IOException {
        BufferedReader lines = new BufferedReader(csv);
        String header = lines.readLine();
        if (!HEADER.equals(header)) {
            throw new IllegalArgumentException("header is \"" + header + "\": must be \"" + HEADER + "\"");
        }
        TreeMap<Integer, Long> counts = new TreeMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int comma = line.indexOf(',');
            counts.merge(Integer.valueOf(line.substring(0, comma)), Long.valueOf(line.substring(comma + 1)), Long::sum);
        }
        return of(counts);
    }

    /**
     * Builds a distribution.
     *
     * @param counts how often each size, in bytes, is asked for
     * @throws IllegalArgumentException if there is none
     */
    static SizeDistribution of(Map<Integer, Long> counts) {
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("no sizes");
        }
        TreeMap<Long, Integer> sizes = new TreeMap<>();
        long upToHere = 0;
        for (Map.Entry<Integer, Long> entry : new TreeMap<>(counts).entrySet()) {
            upToHere += entry.getValue();
            sizes.put(upToHere, entry.getKey());
        }
        return new SizeDistribution(sizes);
    }

    /** Returns how many times anything was asked for. */
    long count() {
        return sizes.lastKey();
    }

    /**
     * Returns the size that a share of all requests does not exceed.
     *
     * @param share 0 to 1
     */
    int quantile(double share) {
        long rank = Math.clamp((long) Math.ceil(share * count()), 1, count());
        return sizes.ceilingEntry(rank).getValue();
    }

    /**
     * Draws sizes in ascending order, one from the middle of each of so many equal shares: with a few thousand of them
     * the distribution is met without the luck of the draw.
     */
    int[] sample(int length) {
        int[] sample = new int[length];
        for (int i = 0; i < length; i++) {
            sample[i] = quantile((i + 0.5) / length);
        }
        return sample;
    }
}
