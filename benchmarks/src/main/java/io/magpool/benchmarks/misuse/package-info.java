/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Misuse of memory, committed for real: each kind, with each allocator, in a process of its own, for many do not survive it.
 */
@NullMarked
package io.magpool.benchmarks.misuse;

import org.jspecify.annotations.NullMarked;
