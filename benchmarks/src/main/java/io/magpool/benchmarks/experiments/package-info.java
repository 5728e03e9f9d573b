/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Experiments: questions that a time per operation does not answer. Each measurement has a JVM of its own. */
@NullMarked
package io.magpool.benchmarks.experiments;

import org.jspecify.annotations.NullMarked;
