/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import io.magpool.benchmarks.os.ProcessMemory;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** Reads off what this process has. */
final class Readings {

    private Readings() {}

    /** Returns {@code virtual} and {@code resident}, in bytes. */
    static Fields ofProcess(Fields fields) {
        ProcessMemory memory = ProcessMemory.now();
        return fields.with("virtual", memory.virtual()).with("resident", memory.resident());
    }

    /** Collects garbage, then returns {@code heap}, the bytes of the Java heap in use. */
    static Fields ofHeap(Fields fields) {
        System.gc();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return fields.with("heap", heap.getUsed());
    }
}
