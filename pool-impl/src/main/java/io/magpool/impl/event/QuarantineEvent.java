/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Memory left quarantine. Loaded only where the module {@code jdk.jfr} is. */
@Name("io.magpool.Quarantine")
@Label("Quarantine")
@Category("Magpool")
@Description("Released memory left quarantine and can be acquired again")
@Enabled(false)
@StackTrace(false)
final class QuarantineEvent extends PoolEvent {

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Label("Intact")
    @Description("False if it was written to meanwhile, by somebody who had released it")
    boolean intact;

    static void write(String pool, long bytes, boolean intact) {
        try {
            QuarantineEvent event = new QuarantineEvent();
            if (event.shouldCommit()) {
                event.pool = pool;
                event.bytes = bytes;
                event.intact = intact;
                event.commit();
            }
        } catch (OutOfMemoryError noRoom) {
            // no event, then: see PoolEvent
        }
    }
}
