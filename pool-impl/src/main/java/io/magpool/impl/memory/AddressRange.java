/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.foreign.MemorySegment;

/**
 * A range of addresses.
 *
 * @param segment all of it; keeps memory alive where the JVM owns it. Never of a closeable arena: views of such are
 *     refused by parts of the JDK's channels.
 */
public record AddressRange(MemorySegment segment) {

    /**
     * Returns the first address.
     *
     * @return an address
     */
    public long address() {
        return segment.address();
    }

    /**
     * Returns the length.
     *
     * @return bytes
     */
    public long bytes() {
        return segment.byteSize();
    }
}
