/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

/** A barrier by the system whose call fails from the first time on, for tests of those who use barriers. */
public final class FailingMembarrier {

    private FailingMembarrier() {}

    /** With the fallback that it has everywhere. */
    public static Barrier build() {
        return new Membarrier(
                new HandshakeBarrier(),
                command -> command == Membarrier.REGISTER_PRIVATE_EXPEDITED ? 0 : -1,
                text -> {});
    }
}
