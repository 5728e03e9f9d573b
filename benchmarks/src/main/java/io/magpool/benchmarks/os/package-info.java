/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the operating system says about memory, and the few calls of it that the experiments need. */
@NullMarked
package io.magpool.benchmarks.os;

import org.jspecify.annotations.NullMarked;
