/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of {@link PoolConfig.Builder} that is about misuse and leaks, and about who is told. */
abstract sealed class SafetyBuilder permits PoolConfig.Builder {

    private static final IncidentListener NOBODY = incident -> {};

    PoolConfig.@Nullable Safety safety;
    PoolConfig.@Nullable LeakDetection leakDetection;
    @Nullable Long sampleRate;
    @Nullable Long quarantineBytes;
    @Nullable Long holdLimitMillis;
    @Nullable Boolean reuseLost;
    IncidentListener incidentListener = NOBODY;
    @Nullable Boolean jmx;

    SafetyBuilder() {}

    abstract PoolConfig.Builder self();

    /**
     * Sets how much misuse is caught. Default: {@link PoolConfig.Safety#STANDARD}.
     *
     * @param value a level
     * @return this builder
     */
    public PoolConfig.Builder safety(PoolConfig.Safety value) {
        this.safety = Objects.requireNonNull(value, "safety");
        return self();
    }

    /**
     * Sets which acquisitions remember where they were made. Default: {@link PoolConfig.LeakDetection#OFF}.
     *
     * @param value a choice
     * @return this builder
     */
    public PoolConfig.Builder leakDetection(PoolConfig.LeakDetection value) {
        this.leakDetection = Objects.requireNonNull(value, "leakDetection");
        return self();
    }

    /**
     * Sets of how many acquisitions one is a sample. Default: 65,536. The distance between two samples of a thread varies at
     * random around it.
     *
     * @param value a number of acquisitions, 1 to 1,073,741,824
     * @return this builder
     * @throws IllegalArgumentException if the value is outside
     */
    public PoolConfig.Builder sampleRate(int value) {
        this.sampleRate = Settings.SAMPLE_RATE.checked((long) value);
        return self();
    }

    /**
     * Sets how much released memory may be in quarantine. Default: 4 MiB.
     *
     * @param value bytes, 0 to 16 GiB
     * @return this builder
     * @throws IllegalArgumentException if the value is outside
     */
    public PoolConfig.Builder quarantineBytes(long value) {
        this.quarantineBytes = Settings.QUARANTINE_BYTES.checked(value);
        return self();
    }

    /**
     * Sets after which time a buffer that is still out is reported. Default: 0, never. Looked at in each interval of the trim
     * and whenever the pool is counted, for acquisitions that are followed: see {@link #leakDetection}.
     *
     * @param value milliseconds, 0 to 31,536,000,000 (a year)
     * @return this builder
     * @throws IllegalArgumentException if the value is outside
     */
    public PoolConfig.Builder holdLimitMillis(long value) {
        this.holdLimitMillis = Settings.HOLD_LIMIT_MILLIS.checked(value);
        return self();
    }

    /**
     * Sets whether the memory of leaked buffers is used again. Default: false.
     *
     * @param value true if nobody keeps an address beyond the buffer that it is of
     * @return this builder
     */
    public PoolConfig.Builder reuseLost(boolean value) {
        this.reuseLost = value;
        return self();
    }

    /**
     * Sets who is told of misuse and leaks beside the log. Default: nobody.
     *
     * @param value a listener
     * @return this builder
     */
    public PoolConfig.Builder incidentListener(IncidentListener value) {
        this.incidentListener = Objects.requireNonNull(value, "incidentListener");
        return self();
    }

    /**
     * Sets whether JMX shows the pool. Default: true.
     *
     * @param value false to keep the pool out of the platform's MBean server
     * @return this builder
     */
    public PoolConfig.Builder jmx(boolean value) {
        this.jmx = value;
        return self();
    }
}
