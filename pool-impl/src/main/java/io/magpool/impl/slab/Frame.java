/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.magpool.impl.slab;

import io.magpool.impl.memory.AddressRange;
import java.lang.foreign.MemorySegment;

/**
 * The place of one slab in a region.
 *
 * @param number of the slab that is carved here
 * @param region where it lies
 * @param memory the slab's bytes
 */
record Frame(int number, AddressRange region, MemorySegment memory) {}
