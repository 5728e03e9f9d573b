/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.trim;

import io.magpool.api.TrimReport;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A {@link TrimReport} in a flight recording. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Trim")
@Label("Trim")
@Category("Magpool")
@Description("Memory that a pool gave back to the operating system")
@StackTrace(false)
final class TrimEvent extends Event {

    @Label("Pool")
    String pool = "";

    @Label("Asked")
    @DataAmount
    long askedBytes;

    @Label("Advised")
    @DataAmount
    long advisedBytes;

    @Label("Gone")
    @Description("Resident before and not after, by mincore; -1 where unknown")
    @DataAmount
    long goneBytes;

    @Label("Runs")
    long runs;

    @Label("System calls")
    long calls;

    static Object started() {
        TrimEvent event = new TrimEvent();
        event.begin();
        return event;
    }

    static boolean isOn() {
        return new TrimEvent().isEnabled();
    }

    static void end(Object started, String pool, TrimReport report) {
        TrimEvent event = (TrimEvent) started;
        event.end();
        if (event.shouldCommit()) {
            event.pool = pool;
            event.askedBytes = report.askedBytes();
            event.advisedBytes = report.advisedBytes();
            event.goneBytes = report.goneBytes().orElse(-1);
            event.runs = report.runs();
            event.calls = report.calls();
            event.commit();
        }
    }
}
