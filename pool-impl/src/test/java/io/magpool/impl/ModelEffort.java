/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * How hard Lincheck's model checker looks: a few seconds for each model in a build; {@code lincheck.effort} times as many scenarios, and
 * as many interleavings of each, when {@link LongModelCheck} asks for it. Counts both for the record, on one thread.
 */
public final class ModelEffort {

    private static final int FACTOR = Integer.getInteger("lincheck.effort", 1);

    private static long scenarios;
    private static long interleavings;

    private ModelEffort() {}

    /**
     * Options for a class of operations, out of which random scenarios are made.
     *
     * @param scenariosInABuild how many scenarios
     * @param interleavingsInABuild how many interleavings of each, at most
     */
    public static ModelCheckingOptions options(int scenariosInABuild, int interleavingsInABuild) {
        count(scenariosInABuild * FACTOR, interleavingsInABuild * FACTOR);
        return new ModelCheckingOptions()
                .iterations(scenariosInABuild * FACTOR)
                .invocationsPerIteration(interleavingsInABuild * FACTOR);
    }

    /**
     * Runs one scenario that starts its own threads.
     *
     * @param interleavingsInABuild how many interleavings
     * @param scenario fails by throwing, or by hanging
     */
    public static void check(int interleavingsInABuild, Runnable scenario) {
        count(1, interleavingsInABuild * FACTOR * FACTOR);
        Lincheck.runConcurrentTest(interleavingsInABuild * FACTOR * FACTOR, scenario);
    }

    private static void count(int newScenarios, int interleavingsOfEach) {
        scenarios = newScenarios;
        interleavings = (long) newScenarios * interleavingsOfEach;
    }

    static long lastScenarios() {
        return scenarios;
    }

    static long lastInterleavings() {
        return interleavings;
    }
}
