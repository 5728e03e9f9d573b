/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.experiments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The experiments, by the names that the command line has for them. */
public final class Experiments {

    /** The name of what {@code --footprint} measures. */
    public static final String FOOTPRINT = "footprint";

    private static final Map<String, Experiment> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("where-did-it-go", new WhereDidItGo());
        BY_NAME.put("who-pays", new WhoPays());
        BY_NAME.put("burst-and-survivors", new BurstAndSurvivors());
        BY_NAME.put("steady-service", new SteadyService());
        BY_NAME.put("misuse", new CommittedMisuse());
        BY_NAME.put("http-server", new HttpServer());
        BY_NAME.put(FOOTPRINT, new Footprint());
    }

    private Experiments() {}

    /**
     * Returns the names.
     *
     * @return one for each experiment
     */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    static Experiment named(String name) {
        Experiment experiment = BY_NAME.get(name);
        if (experiment == null) {
            throw new IllegalArgumentException(
                    "experiment is " + name + ": must be one of " + String.join(", ", names()));
        }
        return experiment;
    }
}
