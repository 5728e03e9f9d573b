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
     * Names the range that {@link Memory#resize} has made.
     *
     * @param address of the first byte, owned by the caller
     * @param bytes how long the range is
     * @return the range
     */
    @SuppressWarnings("restricted")
    public static AddressRange at(long address, long bytes) {
        return new AddressRange(MemorySegment.ofAddress(address).reinterpret(bytes));
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
