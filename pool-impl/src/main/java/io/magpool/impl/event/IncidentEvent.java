/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** A buffer was misused, or is missing. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Incident")
@Label("Incident")
@Category("Magpool")
@Description("A buffer was misused, or is missing")
final class IncidentEvent extends PoolEvent {

    @Label("Kind")
    String kind = "";

    @Label("Capacity")
    @DataAmount
    long capacity;

    @Label("Count")
    @Description("How many buffers it happened to")
    long count;

    @Label("Age")
    @Description("Since the buffer was acquired")
    @Timespan(Timespan.NANOSECONDS)
    long age;

    @Label("Report")
    @Description("What is known, with stacks")
    String text = "";

    static void write(String pool, String kind, long capacity, long count, long age, Supplier<String> text) {
        try {
            IncidentEvent event = new IncidentEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.kind = kind;
                event.capacity = capacity;
                event.count = count;
                event.age = age;
                event.text = text.get();
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
