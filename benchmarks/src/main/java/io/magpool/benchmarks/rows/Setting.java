/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.benchmarks.rows;

import java.util.List;

/** What a user may switch on, as the flags that do it: they are added to a row's own, and win over them. */
public enum Setting {

    /** Nothing: a row with the flags that suit it best. */
    PLAIN(""),

    /** Netty's allocators where they may not use Unsafe. */
    WITHOUT_UNSAFE("without Unsafe", "-Dio.netty.noUnsafe=true"),

    /** One acquisition in so many has a handle of its own; this is the rate that is set by default. */
    SAMPLED("safety sampled", "-Dmagpool.safety=sampled"),
    /** The same with other rates: which one is within the noise? */
    SAMPLED_1_024("safety sampled, 1 of 1,024", "-Dmagpool.safety=sampled", "-Dmagpool.sampleRate=1024"),
    /** The same with other rates. */
    SAMPLED_4_096("safety sampled, 1 of 4,096", "-Dmagpool.safety=sampled", "-Dmagpool.sampleRate=4096"),
    /** The same with other rates. */
    SAMPLED_16_384("safety sampled, 1 of 16,384", "-Dmagpool.safety=sampled", "-Dmagpool.sampleRate=16384"),

    /** Each acquisition has a handle and a segment of its own, and goes through quarantine. */
    CHECKED("safety checked", "-Dmagpool.safety=checked"),

    /** Some acquisitions remember where they were made. */
    LEAKS_SAMPLED("leak detection sampled", "-Dmagpool.leakDetection=sampled"),
    /** All acquisitions do. */
    LEAKS_ALL("leak detection all", "-Dmagpool.leakDetection=all"),

    /** Netty's leak detector, as it is by default. */
    NETTY_SIMPLE("Netty's leak detection simple", "-Dio.netty.leakDetection.level=simple"),
    /** The same, with the places of access. */
    NETTY_ADVANCED("Netty's leak detection advanced", "-Dio.netty.leakDetection.level=advanced"),
    /** The same for each buffer. */
    NETTY_PARANOID("Netty's leak detection paranoid", "-Dio.netty.leakDetection.level=paranoid"),

    /** The flight recorder, as it is by default: what is off there is off. */
    JFR("JFR", "-XX:StartFlightRecording:settings=default,dumponexit=false"),
    /** The flight recorder with an event for each buffer. */
    JFR_BUFFERS("JFR, an event for each buffer", "-XX:StartFlightRecording:settings=default,dumponexit=false,"
            + "+io.magpool.AllocateBuffer#enabled=true,+io.magpool.FreeBuffer#enabled=true"),

    /** Who holds a buffer for long is told, of those that are followed. */
    HOLD_LIMIT("leak detection sampled, with a limit to holding", "-Dmagpool.leakDetection=sampled",
            "-Dmagpool.holdLimitMillis=10000"),

    /** The events of the pool, with the settings that come with it. */
    JFR_POOL("JFR with magpool.jfc", Observer.FLIGHT_RECORDER.flag()),
    /** The bean. */
    BEAN("JMX, read each second", Observer.BEAN.flag()),
    /** The meters. */
    METERS("Micrometer, scraped each second", Observer.METERS.flag()),
    /** A listener. */
    PRESSURE("a listener to pressure", Observer.PRESSURE.flag()),
    /** A part of a pool. */
    CHILD("a child, limited and guaranteed", Observer.CHILD.flag());

    private final String label;
    /** Separated by blanks. */
    private final String flags;

    Setting(String label, String... flags) {
        this.label = label;
        this.flags = String.join(" ", flags);
    }

    /**
     * Returns what readers call it.
     *
     * @return a few words; none if nothing is switched on
     */
    public String label() {
        return label;
    }

    /**
     * Returns what switches it on.
     *
     * @return arguments for the JVM
     */
    public List<String> flags() {
        return flags.isEmpty() ? List.of() : List.of(flags.split(" "));
    }
}
