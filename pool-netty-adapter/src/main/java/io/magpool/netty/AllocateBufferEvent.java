/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.magpool.AllocateBuffer")
@Label("Buffer Allocated")
@Description("A buffer was allocated")
final class AllocateBufferEvent extends BufferEvent {

    private static final AllocateBufferEvent PROTOTYPE = new AllocateBufferEvent();

    static void emit(MagpoolByteBuf buf) {
        if (PROTOTYPE.isEnabled()) {
            AllocateBufferEvent event = new AllocateBufferEvent();
            if (event.shouldCommit()) {
                event.describe(buf);
                event.commit();
            }
        }
    }
}
