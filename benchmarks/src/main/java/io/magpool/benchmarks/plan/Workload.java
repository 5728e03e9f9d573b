/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.cases.HandOffBetweenThreads;
import io.magpool.benchmarks.cases.OneWayBatches;
import io.magpool.benchmarks.cases.PairOnOneThread;
import io.magpool.benchmarks.cases.ReplacementAmongLiveBuffers;
import io.magpool.benchmarks.cases.ReplacementByShortLivedThreads;
import io.magpool.benchmarks.rows.Memory;
import io.magpool.benchmarks.threads.ThreadKind;
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

    /** The same with buffers on the Java heap; the parameter is a size in bytes. */
    HEAP_PAIR(PairOnOneThread.class, "pair", "size") {
        @Override
        String label(int parameter) {
            return "heap pair " + bytes(parameter);
        }

        @Override
        public Memory memory() {
            return Memory.HEAP;
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
    },

    /** Random replacement by threads that come and go; the parameter is a number of live buffers. */
    THREAD_CHURN(ReplacementByShortLivedThreads.class, "generation", "live") {
        @Override
        String label(int parameter) {
            return String.format(Locale.ROOT, "thread churn, 1 of %,d", parameter);
        }

        @Override
        public boolean releasesElsewhere() {
            return true;
        }

        @Override
        public boolean runsOn(ThreadKind kind) {
            return kind != ThreadKind.EVENT_LOOP;
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
     * Tells whether a partner releases what a measured thread acquires, at the same time.
     *
     * @return true if each measured thread has a partner
     */
    public boolean crossesThreads() {
        return false;
    }

    /**
     * Tells whether a buffer is released on another thread than the one that acquired it.
     *
     * @return true if an allocator for one thread cannot take part
     */
    public boolean releasesElsewhere() {
        return crossesThreads();
    }

    /**
     * Tells whether there is such a benchmark for a kind of thread.
     *
     * @param kind a kind of thread
     * @return true if so
     */
    public boolean runsOn(ThreadKind kind) {
        return true;
    }

    /**
     * Returns what the buffers are made of.
     *
     * @return a kind of memory
     */
    public Memory memory() {
        return Memory.OFF_HEAP;
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
