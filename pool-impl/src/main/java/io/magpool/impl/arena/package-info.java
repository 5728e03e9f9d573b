/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * An arena for each core: the depots and slabs that its threads share. Here is the way of a chunk between a slab and a
 * magazine, the choice of an arena, the help of neighbours, and the reclaim before an acquire is refused.
 *
 * <p>Called by the layer pool, on whatever thread found its magazines empty or full. Any thread may use any arena.
 */
@NullMarked
package io.magpool.impl.arena;

import org.jspecify.annotations.NullMarked;
