/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.System.Logger.Level;

/**
 * membarrier(2), private and expedited: an interrupt for each core that runs a thread of this process, some 400 ns. Where
 * a call fails, in a sandbox that filters system calls say, another barrier takes over for good.
 */
final class Membarrier implements Barrier {

    private static final int PRIVATE_EXPEDITED = 1 << 3;
    private static final int REGISTER_PRIVATE_EXPEDITED = 1 << 4;

    private final Barrier fallback;
    private volatile boolean works;

    Membarrier(Barrier fallback) {
        this.fallback = fallback;
        this.works = Libc.membarrier(REGISTER_PRIVATE_EXPEDITED) >= 0;
    }

    @Override
    public String name() {
        return works ? "membarrier" : fallback.name();
    }

    @Override
    public void execute() {
        if (works) {
            if (Libc.membarrier(PRIVATE_EXPEDITED) >= 0) {
                return;
            }
            works = false;
            System.getLogger(Membarrier.class.getName())
                    .log(Level.WARNING, "membarrier failed: from now on the barrier is a " + fallback.name());
        }
        fallback.execute();
    }
}
