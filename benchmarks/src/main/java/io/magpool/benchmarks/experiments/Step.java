/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import java.util.List;
import java.util.Map;

/**
 * A measurement, which has a JVM of its own.
 *
 * @param label what is measured, for whoever watches
 * @param flags what its JVM is started with
 * @param environment what its environment has beside ours
 * @param parameters what it has to know
 */
record Step(String label, List<String> flags, Map<String, String> environment, Fields parameters) {

    private static final String CANDIDATE = "candidate";

    /** Measures an allocator, with a heap of its own size. */
    static Step of(Candidate candidate, String what, List<String> heap, Fields parameters) {
        return new Step(candidate.label() + ", " + what, candidate.flags().withHeap(heap.toArray(new String[0])),
                candidate.environment(), parameters.with(CANDIDATE, candidate.name()));
    }

    /** Returns the allocator that such a step measures. */
    static Candidate candidate(Fields parameters) {
        return Candidate.valueOf(parameters.text(CANDIDATE));
    }

    Candidate candidate() {
        return candidate(parameters);
    }
}
