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

/** How much memory a process may still take. */
public final class MachineMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path CONTAINER_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
    private static final Path CONTAINER_USE = Path.of("/sys/fs/cgroup/memory.current");

    private MachineMemory() {}

    /**
     * Asks the kernel, and the container where there is one with a limit.
     *
     * @return bytes that can be taken without swapping
     */
    public static long available() {
        try {
            return Math.min(available(Files.readAllLines(MEMINFO)), availableInContainer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long available(List<String> meminfo) {
        return Kilobytes.of("MemAvailable", meminfo);
    }

    private static long availableInContainer() throws IOException {
        if (!Files.isReadable(CONTAINER_LIMIT) || !Files.isReadable(CONTAINER_USE)) {
            return Long.MAX_VALUE;
        }
        return availableInContainer(Files.readString(CONTAINER_LIMIT), Files.readString(CONTAINER_USE));
    }

    static long availableInContainer(String limit, String use) {
        String most = limit.strip();
        return "max".equals(most) ? Long.MAX_VALUE : Math.max(0, Long.parseLong(most) - Long.parseLong(use.strip()));
    }
}
