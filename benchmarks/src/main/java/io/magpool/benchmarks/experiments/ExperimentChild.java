/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import io.magpool.benchmarks.forks.Fields;
import java.util.List;

/** The main class of the JVMs that do the steps. */
final class ExperimentChild {

    private ExperimentChild() {}

    /**
     * Does a step.
     *
     * @param args the experiment's name, then the step's parameters
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        List<String> all = List.of(args);
        Fields parameters = Fields.ofArguments(all.subList(1, all.size()));
        Experiments.named(all.getFirst()).measure(parameters, fields -> System.out.println(fields.toLine()));
    }
}
