/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import java.util.List;
import java.util.function.Consumer;

/** A question, and how it is answered. Its instances hold nothing: steps run in other JVMs. */
interface Experiment {

    /** Returns the question. */
    String question();

    /** Says what is measured, one JVM after the other. */
    List<Step> steps(Extent extent);

    /**
     * Does a step, in the JVM that was started for it.
     *
     * @param parameters the step's
     * @param report takes what was found
     * @throws InterruptedException if the thread is interrupted
     */
    void measure(Fields parameters, Consumer<Fields> report) throws InterruptedException;

    /** Says what follows from what came out. */
    Findings findings(List<Outcome> outcomes);
}
