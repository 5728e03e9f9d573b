/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.plan;

import io.magpool.benchmarks.cases.AccessToNumbers;
import io.magpool.benchmarks.cases.BulkCopies;
import io.magpool.benchmarks.cases.GrowthByWriting;
import io.magpool.benchmarks.cases.HandOffBetweenThreads;
import io.magpool.benchmarks.cases.NumberAccess;
import io.magpool.benchmarks.cases.OneWayBatches;
import io.magpool.benchmarks.cases.PairAfterBursts;
import io.magpool.benchmarks.cases.PairOnOneThread;
import io.magpool.benchmarks.cases.ReplacementAmongLiveBuffers;
import io.magpool.benchmarks.cases.ReplacementByShortLivedThreads;
import io.magpool.benchmarks.rows.Memory;
import io.magpool.benchmarks.threads.ThreadKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A benchmark, as JMH and as readers know it. */
public enum Workload {

    /** Acquire and release at once; the parameter is a size in bytes. */
    PAIR(PairOnOneThread.class, "pair", "size", "pair"),

    /** The same in a program that takes more than a cache has now and then; the parameter is a size in bytes. */
    PAIR_AFTER_BURSTS(PairAfterBursts.class, "pair", "size", "pair after bursts"),

    /** The pair with buffers on the Java heap; the parameter is a size in bytes. */
    HEAP_PAIR(PairOnOneThread.class, "pair", "size", "heap pair") {
        @Override
        public Memory memory() {
            return Memory.HEAP;
        }
    },

    /** Random replacement; the parameter is a number of live buffers. */
    REPLACEMENT(ReplacementAmongLiveBuffers.class, "replace", "live", "replace") {
        @Override
        String label(int parameter) {
            return String.format(Locale.ROOT, "replace 1 of %,d", parameter);
        }
    },

    /** Acquire here, release there; the parameter is a size in bytes. */
    HAND_OFF(HandOffBetweenThreads.class, "handOff", "size", "hand-off") {
        @Override
        public boolean crossesThreads() {
            return true;
        }
    },

    /** The same, thousands at a time; the parameter is a size in bytes. */
    ONE_WAY(OneWayBatches.class, "passBatch", "size", "one way") {
        @Override
        public boolean crossesThreads() {
            return true;
        }
    },

    /** Random replacement by threads that come and go; the parameter is a number of live buffers. */
    THREAD_CHURN(ReplacementByShortLivedThreads.class, "generation", "live", "thread churn") {
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
    },

    /** One number at a time; the parameter is that of a {@link NumberAccess}. */
    ACCESS(AccessToNumbers.class, "access", "access", "") {
        @Override
        String label(int parameter) {
            return NUMBERS.get(parameter).label();
        }

        @Override
        String value(int parameter) {
            return NUMBERS.get(parameter).name();
        }
    },

    /** The same in buffers on the Java heap; the parameter is that of a {@link NumberAccess}. */
    HEAP_ACCESS(AccessToNumbers.class, "access", "access", "heap") {
        @Override
        String label(int parameter) {
            return "heap " + ACCESS.label(parameter);
        }

        @Override
        String value(int parameter) {
            return ACCESS.value(parameter);
        }

        @Override
        public Memory memory() {
            return Memory.HEAP;
        }
    },

    /** A copy to an array; the parameter is a size in bytes. */
    GET_ARRAY(BulkCopies.class, "getArray", "size", "getBytes to array"),

    /** A copy from an array; the parameter is a size in bytes. */
    SET_ARRAY(BulkCopies.class, "setArray", "size", "setBytes of array"),

    /** A copy to a direct {@code ByteBuffer}; the parameter is a size in bytes. */
    GET_DIRECT_BUFFER(BulkCopies.class, "getDirectBuffer", "size", "getBytes to ByteBuffer"),

    /** A copy from a direct {@code ByteBuffer}; the parameter is a size in bytes. */
    SET_DIRECT_BUFFER(BulkCopies.class, "setDirectBuffer", "size", "setBytes of ByteBuffer"),

    /** A copy from an array to the end; the parameter is a size in bytes. */
    WRITE_ARRAY(BulkCopies.class, "writeArray", "size", "writeBytes of array"),

    /** A copy from a buffer of the same allocator to the end; the parameter is a size in bytes. */
    WRITE_BYTE_BUF(BulkCopies.class, "writeByteBuf", "size", "writeBytes of ByteBuf"),

    /** Growth from 256 bytes; the parameter is the last size in bytes. */
    GROWTH(GrowthByWriting.class, "grow", "size", "growth from 256 B to");

    private static final List<NumberAccess> NUMBERS = List.of(NumberAccess.values());

    /** What is done to a buffer, and not what it costs to have one. */
    private static final Set<Class<?>> ON_A_BUFFER =
            Set.of(AccessToNumbers.class, BulkCopies.class, GrowthByWriting.class);

    private final Class<?> owner;
    private final String method;
    private final String parameterName;
    private final String words;

    Workload(Class<?> owner, String method, String parameterName, String words) {
        this.owner = owner;
        this.method = method;
        this.parameterName = parameterName;
        this.words = words;
    }

    /**
     * Returns the parameter for a number.
     *
     * @param access what is done
     * @return the parameter of {@link #ACCESS} and {@link #HEAP_ACCESS}
     */
    public static int parameterOf(NumberAccess access) {
        return NUMBERS.indexOf(access);
    }

    /** Says what is done, for readers. */
    String label(int parameter) {
        return words + " " + bytes(parameter);
    }

    private static String bytes(int size) {
        if (size >= 1 << 20) {
            return (size >> 20) + " MiB";
        }
        return size >= 1 << 10 ? (size >> 10) + " KiB" : size + " B";
    }

    /** Writes a parameter as JMH reads it. */
    String value(int parameter) {
        return Integer.toString(parameter);
    }

    /**
     * Tells whether it measures what is done to a buffer, and so needs a {@code ByteBuf}. Such a benchmark runs on event
     * loops only: it is the same on all threads.
     *
     * @return false if it measures what it costs to have one
     */
    public boolean isByteAccess() {
        return ON_A_BUFFER.contains(owner);
    }

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
        return !isByteAccess() || kind == ThreadKind.EVENT_LOOP;
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
        return owner.getName() + "." + method;
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
