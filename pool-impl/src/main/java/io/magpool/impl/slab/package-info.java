/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Where chunks come from: regions of address space, slabs carved from them, size classes, free bits, and the charge
 * against the limit. Deals in chunk numbers; knows nothing of threads' caches or of Java handles.
 *
 * <p>Called by the layer arena, on whatever thread ran out of chunks or has too many.
 */
@NullMarked
package io.magpool.impl.slab;

import org.jspecify.annotations.NullMarked;
