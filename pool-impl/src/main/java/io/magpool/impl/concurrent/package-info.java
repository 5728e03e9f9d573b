/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The few concurrent parts that several layers share: padding, a padded counter, a lock-free stack of numbered nodes and
 * the table that finds a node by its number.
 *
 * <p>Knows nothing of pools. The vocabulary of memory access is that of {@link java.lang.invoke.VarHandle}: plain,
 * opaque, acquire, release, volatile; a method that does not access a field in the volatile way says so in its name.
 */
@NullMarked
package io.magpool.impl.concurrent;

import org.jspecify.annotations.NullMarked;
