/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.netty;

import io.netty.util.internal.PlatformDependent;

/**
 * Tells the JDK's flight recorder of buffers, where there is one and somebody listens.
 *
 * <p>The events are off until a recording turns them on, and then cost what a stack trace costs. While they are off, an
 * event costs one test of a field that the JIT takes for a constant. Where the module {@code jdk.jfr} is absent, or
 * {@code -Dio.netty.jfr.enabled=false} is set, the classes of the events are never loaded.
 */
final class BufferEvents {

    private static final boolean ON = PlatformDependent.isJfrEnabled() && isReadable();

    private BufferEvents() {}

    /** A buffer began its life. */
    static void allocated(MagpoolByteBuf buf) {
        if (ON) {
            AllocateBufferEvent.emit(buf);
        }
    }

    /** A buffer is about to end its life. */
    static void freed(MagpoolByteBuf buf) {
        if (ON) {
            FreeBufferEvent.emit(buf);
        }
    }

    /** A buffer is about to move to other memory, since it has no room for its new capacity. */
    static void reallocated(MagpoolByteBuf buf, int newCapacity) {
        if (ON) {
            ReallocateBufferEvent.emit(buf, newCapacity);
        }
    }

    private static boolean isReadable() {
        return ModuleLayer.boot().findModule("jdk.jfr")
                .filter(recorder -> BufferEvents.class.getModule().canRead(recorder))
                .isPresent();
    }
}
