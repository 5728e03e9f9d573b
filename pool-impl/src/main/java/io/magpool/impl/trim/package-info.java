/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What goes back to the operating system, and when. The policies are pure arithmetic, without clock and thread:
 * {@link io.magpool.impl.trim.TrimPlan}, {@link io.magpool.impl.trim.Allowance} and
 * {@link io.magpool.impl.trim.Backlog} say how much, the arenas below do it, {@link io.magpool.impl.trim.Trimmer} takes the
 * steps in order, and {@link io.magpool.impl.trim.TrimThread} is the one thread that all pools of a process share.
 *
 * <p>Nothing here runs on a thread that serves, and nothing is held that such a thread waits for.
 */
@NullMarked
package io.magpool.impl.trim;

import org.jspecify.annotations.NullMarked;
