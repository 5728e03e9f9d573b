/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The operating system behind one small contract: address space, pages, the core a thread runs on, and a barrier in all
 * threads. Mechanism without opinion; called off the fast path only, by the layers slab and pool, on any thread.
 */
@NullMarked
package io.magpool.impl.memory;

import org.jspecify.annotations.NullMarked;
