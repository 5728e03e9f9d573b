/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel counts for this process.
 *
 * @param virtual bytes of address space
 * @param resident bytes with a page behind them
 */
public record ProcessMemory(long virtual, long resident) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");

    /**
     * Looks. The resident size comes from {@code smaps_rollup}, which walks the page tables: the counter in
     * {@code status} lags behind by what each thread has not yet added to it.
     *
     * @return the sizes now
     */
    public static ProcessMemory now() {
        try {
            return parse(Files.readAllLines(STATUS), Files.readAllLines(ROLLUP));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProcessMemory parse(List<String> status, List<String> rollup) {
        return new ProcessMemory(Kilobytes.of("VmSize", status), Kilobytes.of("Rss", rollup));
    }
}
