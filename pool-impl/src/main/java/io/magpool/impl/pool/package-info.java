/*
 * Copyright 2026 The Magpool Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The pool that users see: handles of chunks, large buffers, the life cycle, waiting, statistics. Knows all layers below.
 */
@NullMarked
package io.magpool.impl.pool;

import org.jspecify.annotations.NullMarked;
