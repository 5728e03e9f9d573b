/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is measured: JMH benchmarks, each named after its question. */
@NullMarked
package io.magpool.benchmarks.cases;

import org.jspecify.annotations.NullMarked;
