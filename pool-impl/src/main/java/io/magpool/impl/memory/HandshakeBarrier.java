/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.foreign.Arena;

/**
 * The barrier that works on every HotSpot JVM without native access: closing a shared arena is a handshake with all
 * threads (JEP 312), and a thread takes part at a safepoint or while it runs no Java code. Some 20 microseconds.
 */
final class HandshakeBarrier implements Barrier {

    @Override
    public String name() {
        return "handshake";
    }

    @Override
    public void execute() {
        Arena.ofShared().close();
    }
}
