/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import java.util.List;

/** Reads the files under {@code /proc} whose lines are a name, a colon, a number and {@code kB}. */
final class Kilobytes {

    private Kilobytes() {}

    /**
     * Finds a value.
     *
     * @param name what stands before the colon
     * @param lines the file
     * @return bytes
     * @throws IllegalArgumentException if there is no such line
     */
    static long of(String name, List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(name + ":")) {
                String value = line.substring(name.length() + 1).replace("kB", "").strip();
                return Long.parseLong(value) << 10;
            }
        }
        throw new IllegalArgumentException("no line " + name + " among " + lines.size());
    }
}
