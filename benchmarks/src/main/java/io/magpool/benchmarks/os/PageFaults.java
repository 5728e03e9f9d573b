/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How often this process touched a page that was not there. */
public final class PageFaults {

    private static final Path STAT = Path.of("/proc/self/stat");
    /** Where the faults without input or output are, counted from the state, which follows the name in parentheses. */
    private static final int MINOR = 7;
    private static final int MAJOR = 9;

    private PageFaults() {}

    /**
     * Counts.
     *
     * @return faults of all threads since the start
     */
    public static long soFar() {
        try {
            return parse(Files.readString(STAT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name may hold spaces and parentheses: what counts follows the last one. */
    static long parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return Long.parseLong(fields[MINOR]) + Long.parseLong(fields[MAJOR]);
    }
}
