/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What becomes of the numbers: one table, one chart, and the notes that make them worth something. */
@NullMarked
package io.magpool.benchmarks.report;

import org.jspecify.annotations.NullMarked;
