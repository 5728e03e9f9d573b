/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The limit of a pool was changed. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.LimitChange")
@Label("Limit changed")
@Category("Magpool")
@Description("The limit of a pool was changed")
final class LimitChangeEvent extends PoolEvent {

    @Label("Before")
    @DataAmount
    long before;

    @Label("After")
    @DataAmount
    long after;

    @Label("Charged")
    @DataAmount
    long chargedBytes;

    static void write(String pool, long before, long after, long chargedBytes) {
        try {
            LimitChangeEvent event = new LimitChangeEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.before = before;
                event.after = after;
                event.chargedBytes = chargedBytes;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
