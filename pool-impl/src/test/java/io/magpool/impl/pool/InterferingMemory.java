/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.pool;

import io.magpool.impl.memory.AddressRange;
import io.magpool.impl.memory.Memory;

/** Memory during whose calls something happens, once. */
final class InterferingMemory extends ForwardingMemory {

    private Runnable duringReserve = () -> {};
    private Runnable duringDecommit = () -> {};
    private Runnable duringRelease = () -> {};
    private int reservations;

    InterferingMemory(Memory real) {
        super(real);
    }

    void duringNextReserve(Runnable action) {
        duringReserve = action;
    }

    void duringNextDecommit(Runnable action) {
        duringDecommit = action;
    }

    void duringNextRelease(Runnable action) {
        duringRelease = action;
    }

    int reservations() {
        return reservations;
    }

    @Override
    public AddressRange reserve(long bytes, long alignment) {
        reservations++;
        Runnable action = duringReserve;
        duringReserve = () -> {};
        action.run();
        return super.reserve(bytes, alignment);
    }

    @Override
    public void decommit(long address, long bytes) {
        Runnable action = duringDecommit;
        duringDecommit = () -> {};
        action.run();
        super.decommit(address, bytes);
    }

    @Override
    public void release(AddressRange range) {
        Runnable action = duringRelease;
        duringRelease = () -> {};
        action.run();
        super.release(range);
    }
}
