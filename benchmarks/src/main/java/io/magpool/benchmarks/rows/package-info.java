/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The allocators that are compared, one row of the comparison each, and the JVM flags that suit them best. */
@NullMarked
package io.magpool.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
