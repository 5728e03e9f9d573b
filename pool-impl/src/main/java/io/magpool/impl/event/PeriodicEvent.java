/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import io.magpool.api.PoolStatistics;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import org.jspecify.annotations.Nullable;

/**
 * Has a pool's statistics written whenever a recording's period is over. Does not wake the flight recorder: as long as nobody
 * records, there is a listener and nothing else. Loaded only where the module {@code jdk.jfr} is.
 */
final class PeriodicEvent implements FlightRecorderListener, Runnable {

    private final Supplier<@Nullable PoolStatistics> statistics;

    private PeriodicEvent(Supplier<@Nullable PoolStatistics> statistics) {
        this.statistics = statistics;
    }

    static Runnable begin(Supplier<@Nullable PoolStatistics> statistics) {
        PeriodicEvent periodic = new PeriodicEvent(statistics);
        FlightRecorder.addListener(periodic);
        return periodic::end;
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        FlightRecorder.addPeriodicEvent(PoolStatisticsEvent.class, this);
    }

    @Override
    public void run() {
        PoolStatistics now = statistics.get();
        if (now == null) {
            end();
        } else {
            PoolStatisticsEvent.write(now);
        }
    }

    private void end() {
        FlightRecorder.removeListener(this);
        FlightRecorder.removePeriodicEvent(this);
    }
}
