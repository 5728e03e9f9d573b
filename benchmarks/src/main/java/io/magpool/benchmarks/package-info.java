/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Answers one question: what does a buffer cost, here and elsewhere? Start at
 * {@link io.magpool.benchmarks.Comparison}, the main class.
 *
 * <p>{@code threads} are the kinds of thread, {@code rows} the allocators that are compared, {@code cases} the JMH
 * benchmarks, {@code plan} what is measured for how long, and {@code report} the table, the chart and the files.
 *
 * <p>{@code experiments} ask what else memory costs, each step in a JVM of its own: {@code forks} starts it, and {@code os}
 * is what the operating system says about memory.
 */
@NullMarked
package io.magpool.benchmarks;

import org.jspecify.annotations.NullMarked;
