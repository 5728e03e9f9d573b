/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.impl.memory.AddressRange;

/**
 * The place of one slab in a region.
 *
 * @param number of the slab that is carved here
 * @param region where it lies
 * @param offset where it begins there, in bytes
 * @param zeros whether its memory is known to be zeros
 */
record Frame(int number, AddressRange region, long offset, boolean zeros) {

    long address() {
        return region.address() + offset;
    }

    Frame used() {
        return new Frame(number, region, offset, false);
    }
}
