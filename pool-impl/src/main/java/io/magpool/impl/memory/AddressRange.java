/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.memory;

import java.lang.foreign.MemorySegment;

/**
 * A range of addresses.
 *
 * @param segment keeps memory alive where the JVM owns it; all of the range, unless memory is Java arrays
 * @param bytes how long the range is
 */
public record AddressRange(MemorySegment segment, long bytes) {

    AddressRange(MemorySegment segment) {
        this(segment, segment.byteSize());
    }

    /**
     * Returns the first address.
     *
     * @return an address
     */
    public long address() {
        return segment.address();
    }
}
