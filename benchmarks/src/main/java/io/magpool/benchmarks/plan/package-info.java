/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is measured in which order and for how long, and the way through JMH. */
@NullMarked
package io.magpool.benchmarks.plan;

import org.jspecify.annotations.NullMarked;
