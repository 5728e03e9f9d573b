/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.magazine;

import io.magpool.impl.memory.Barrier;

/** Does nothing; its name is the constant's. */
enum NoBarrier implements Barrier {
    INSTANCE;

    @Override
    public void execute() {}
}
