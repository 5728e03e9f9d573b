/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.magpool.ReallocateBuffer")
@Label("Buffer Reallocated")
@Description("A buffer moves to other memory to grow")
final class ReallocateBufferEvent extends BufferEvent {

    private static final ReallocateBufferEvent PROTOTYPE = new ReallocateBufferEvent();

    @DataAmount
    @Label("New Capacity")
    @Description("The capacity that was asked for")
    int newCapacity;

    static void emit(MagpoolByteBuf buf, int newCapacity) {
        if (PROTOTYPE.isEnabled()) {
            ReallocateBufferEvent event = new ReallocateBufferEvent();
            if (event.shouldCommit()) {
                event.describe(buf);
                event.newCapacity = newCapacity;
                event.commit();
            }
        }
    }
}
