/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.magpool.FreeBuffer")
@Label("Buffer Freed")
@Description("The last reference to a buffer is released")
final class FreeBufferEvent extends BufferEvent {

    private static final FreeBufferEvent PROTOTYPE = new FreeBufferEvent();

    static void emit(MagpoolByteBuf buf) {
        if (PROTOTYPE.isEnabled()) {
            FreeBufferEvent event = new FreeBufferEvent();
            if (event.shouldCommit()) {
                event.describe(buf);
                event.commit();
            }
        }
    }
}
