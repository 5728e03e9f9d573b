/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The kinds of thread on which allocators are measured. */
@NullMarked
package io.magpool.benchmarks.threads;

import org.jspecify.annotations.NullMarked;
