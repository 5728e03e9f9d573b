/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The per-thread side of Bonwick and Adams, "Magazines and Vmem: Extending the Slab Allocator to Many CPUs and Arbitrary
 * Resources" (USENIX 2001): magazines, the pair of them that a thread cache has for each size class, the depot through
 * which they travel, and the guard that lets others revoke a cache.
 *
 * <p>Deals in chunk numbers; knows nothing of slabs. The fast path is called by a cache's owner only.
 */
@NullMarked
package io.magpool.impl.magazine;

import org.jspecify.annotations.NullMarked;
