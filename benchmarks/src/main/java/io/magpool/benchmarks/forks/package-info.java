/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** JVMs started for one measurement each, and what they report. */
@NullMarked
package io.magpool.benchmarks.forks;

import org.jspecify.annotations.NullMarked;
