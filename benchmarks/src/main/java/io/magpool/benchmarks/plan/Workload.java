/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.cases.HandOffBetweenThreads;
import io.magpool.benchmarks.cases.OneWayBatches;
import io.magpool.benchmarks.cases.PairOnOneThread;
import io.magpool.benchmarks.cases.ReplacementAmongLiveBuffers;
import java.util.Locale;

/** A benchmark, as JMH and as readers know it. */
public enum Workload {

    /** Acquire and release at once; the parameter is a size in bytes. */
    PAIR(PairOnOneThread.class, "pair", "size") {
        @Override
        String label(int parameter) {
            return "pair " + bytes(parameter);
        }
    },

    /** Random replacement; the parameter is a number of live buffers. */
    REPLACEMENT(ReplacementAmongLiveBuffers.class, "replace", "live") {
        @Override
        String label(int parameter) {
            return String.format(Locale.ROOT, "replace 1 of %,d", parameter);
        }
    },

    /** Acquire here, release there; the parameter is a size in bytes. */
    HAND_OFF(HandOffBetweenThreads.class, "handOff", "size") {
        @Override
        String label(int parameter) {
            return "hand-off " + bytes(parameter);
        }

        @Override
        public boolean crossesThreads() {
            return true;
        }
    },

    /** The same, thousands at a time; the parameter is a size in bytes. */
    ONE_WAY(OneWayBatches.class, "passBatch", "size") {
        @Override
        String label(int parameter) {
            return "one way " + bytes(parameter);
        }

        @Override
        public boolean crossesThreads() {
            return true;
        }
    };

    private final String benchmark;
    private final String parameterName;

    Workload(Class<?> owner, String method, String parameterName) {
        this.benchmark = owner.getName() + "." + method;
        this.parameterName = parameterName;
    }

    private static String bytes(int size) {
        if (size >= 1 << 20) {
            return (size >> 20) + " MiB";
        }
        return size >= 1 << 10 ? (size >> 10) + " KiB" : size + " B";
    }

    abstract String label(int parameter);

    /**
     * Tells whether a buffer is released on another thread than the one that acquired it.
     *
     * @return true if each measured thread has a partner
     */
    public boolean crossesThreads() {
        return false;
    }

    /**
     * Returns JMH's name of it.
     *
     * @return the name of the class and the method
     */
    public String benchmark() {
        return benchmark;
    }

    /**
     * Returns JMH's name of the parameter.
     *
     * @return the name of a field
     */
    public String parameterName() {
        return parameterName;
    }
}
