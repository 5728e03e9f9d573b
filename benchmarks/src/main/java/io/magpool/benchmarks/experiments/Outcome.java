/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import java.util.List;

/**
 * What came out of a step.
 *
 * @param step what was measured
 * @param reported what its JVM reported, in order
 */
record Outcome(Step step, List<Fields> reported) {

    /** Tells whether there is a report with a value. */
    boolean has(String name, String value) {
        return reported.stream().anyMatch(fields -> fields.text(name).equals(value));
    }

    /** Returns the first report with a value. */
    Fields report(String name, String value) {
        return reported.stream()
                .filter(fields -> fields.text(name).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no report with " + name + " = " + value));
    }
}
